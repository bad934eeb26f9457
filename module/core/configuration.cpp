// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* NETCONFIGURATION: values by name, from the firmware node, assigned by the client, or its defaults. */
#include "configuration.h"

#include "adapter.h"
#include "device.h"
#include "driver.h"
#include "log.h"
#include "wdf_string.h"

namespace netcx
{

/* Includes the null character. */
static constexpr SIZE_T name_size = 64;
static constexpr SIZE_T path_size = 256;
/* The longest string that is read from a firmware node. */
static constexpr SIZE_T string_size = 1024;

class Configuration final : public Object
{
public:
	static constexpr ObjectType object_type = ObjectType::configuration;

	Configuration() : Object(object_type) {}

	char path[path_size] = {};
};

enum class ValueType : UINT32 { number, string, multi_string, bytes };

/* A value that the client assigned with NetConfigurationAssign...(). */
struct ConfigurationValue {
	ConfigurationValue *next;
	char path[path_size];
	char name[name_size];
	ValueType type;
	/* Bytes of data. Strings include their null characters. */
	SIZE_T size;
	UINT8 data[];
};

/* ---- names ---- */

struct Name {
	char text[name_size];
};

static SIZE_T length_of(const char *text)
{
	SIZE_T length = 0;

	while (text[length])
		length++;
	return length;
}

static bool same(const char *a, const char *b)
{
	return __builtin_strcmp(a, b) == 0;
}

/* Converts to char; false if it does not fit or is not all printable ASCII. */
static bool to_ascii(PCUNICODE_STRING characters, char *text, SIZE_T size)
{
	const SIZE_T length = characters->Length / sizeof(WCHAR);

	if (length >= size)
		return false;
	for (SIZE_T i = 0; i < length; i++) {
		if (characters->Buffer[i] < 0x20 || characters->Buffer[i] > 0x7e)
			return false;
		text[i] = static_cast<char>(characters->Buffer[i]);
	}
	text[length] = '\0';
	return true;
}

static NTSTATUS check_name(const Configuration *configuration, const char *function,
			   PCUNICODE_STRING given, Name *name)
{
	if (!given || (given->Length && !given->Buffer))
		return refuse(configuration, STATUS_INVALID_PARAMETER,
			      "%s: the name is NULL (ParameterCantBeNull)", function);
	if (to_ascii(given, name->text, name_size) && name->text[0]) {
		const char *c = name->text;

		while (*c && *c != '/')
			c++;
		if (!*c)
			return STATUS_SUCCESS;
	}
	return refuse(configuration, STATUS_OBJECT_NAME_INVALID,
		      "%s: a name of %u characters, must be 1 to %zu of ASCII without \"/\"",
		      function, static_cast<UINT32>(given->Length / sizeof(WCHAR)), name_size - 1);
}

/* ---- assigned values ---- */

void free_configuration_values(netcx_device *device)
{
	while (ConfigurationValue *value = device->first_value) {
		device->first_value = value->next;
		netcx_os_free(value);
	}
}

/* The link to the value, or to the end of the list. The caller holds the device's data_mutex. */
static ConfigurationValue **find_value(const Configuration *configuration, const char *name)
{
	ConfigurationValue **link = &configuration->device->first_value;

	while (*link && !(same((*link)->path, configuration->path) && same((*link)->name, name)))
		link = &(*link)->next;
	return link;
}

static ConfigurationValue *create_value(const Configuration *configuration, const Name &name,
					ValueType type, SIZE_T size)
{
	ConfigurationValue *value =
		static_cast<ConfigurationValue *>(netcx_os_zalloc(sizeof(*value) + size));

	if (!value) {
		refuse(configuration, STATUS_INSUFFICIENT_RESOURCES,
		       "no memory of %zu bytes for configuration value \"%s\"", size, name.text);
		return nullptr;
	}
	RtlCopyMemory(value->path, configuration->path, path_size);
	RtlCopyMemory(value->name, name.text, name_size);
	value->type = type;
	value->size = size;
	return value;
}

static void assign(const Configuration *configuration, ConfigurationValue *value)
{
	ConfigurationValue **link;
	ConfigurationValue *outdated;

	netcx_os_mutex_acquire(configuration->device->data_mutex);
	link = find_value(configuration, value->name);
	outdated = *link;
	value->next = outdated ? outdated->next : nullptr;
	*link = value;
	netcx_os_mutex_release(configuration->device->data_mutex);
	netcx_os_free(outdated);
}

/* ---- the client's defaults ---- */

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/* As in a registry, where they are on Windows, upper and lower case are the same. */
static bool same_in_any_case(const char *a, const char *b)
{
	for (; lower(*a) == lower(*b); a++, b++)
		if (!*a)
			return true;
	return false;
}

static const netcx_configuration_default *find_default(const Configuration *configuration,
						       const char *name)
{
	const netcx_configuration_default *entry = configuration->driver->defaults;

	if (!entry || configuration->path[0])
		return nullptr;
	for (; entry->name; entry++)
		if (same_in_any_case(entry->name, name))
			return entry;
	return nullptr;
}

/* ---- reading, wherever the value is ---- */

static NTSTATUS to_status(int result)
{
	switch (result) {
	case NETCX_OS_CONFIG_MISSING:
		return STATUS_OBJECT_NAME_NOT_FOUND;
	case NETCX_OS_CONFIG_OTHER_TYPE:
		return STATUS_OBJECT_TYPE_MISMATCH;
	case NETCX_OS_CONFIG_NO_MEMORY:
		return STATUS_INSUFFICIENT_RESOURCES;
	default:
		return STATUS_SUCCESS;
	}
}

/*
 * These return what netcx_os_config_number(), _string() and _bytes() return. No default is bytes.
 */
static int assigned_number(const ConfigurationValue *value, UINT32 *number)
{
	if (value->type != ValueType::number)
		return NETCX_OS_CONFIG_OTHER_TYPE;
	RtlCopyMemory(number, value->data, sizeof(*number));
	return 0;
}

static int default_number(const netcx_configuration_default *entry, UINT32 *number)
{
	if (entry->string)
		return NETCX_OS_CONFIG_OTHER_TYPE;
	*number = entry->number;
	return 0;
}

static int default_string(const netcx_configuration_default *entry, UINT32 index, char *buffer,
			  SIZE_T size)
{
	SIZE_T length;

	if (!entry->string)
		return NETCX_OS_CONFIG_OTHER_TYPE;
	if (index)
		return NETCX_OS_CONFIG_MISSING;
	length = length_of(entry->string);
	RtlZeroMemory(buffer, size);
	RtlCopyMemory(buffer, entry->string, length < size ? length : size - 1);
	return static_cast<int>(length);
}

static int assigned_string(const ConfigurationValue *value, UINT32 index, char *buffer, SIZE_T size)
{
	const char *text = reinterpret_cast<const char *>(value->data);
	const char *end = text + value->size;
	SIZE_T length;

	if (value->type != ValueType::string && value->type != ValueType::multi_string)
		return NETCX_OS_CONFIG_OTHER_TYPE;
	for (; index && text < end; index--)
		text += length_of(text) + 1;
	if (text >= end)
		return NETCX_OS_CONFIG_MISSING;
	length = length_of(text);
	RtlZeroMemory(buffer, size);
	RtlCopyMemory(buffer, text, length < size ? length : size - 1);
	return static_cast<int>(length);
}

static int assigned_bytes(const ConfigurationValue *value, UINT8 *buffer, SIZE_T size)
{
	if (value->type != ValueType::bytes)
		return NETCX_OS_CONFIG_OTHER_TYPE;
	if (size)
		RtlCopyMemory(buffer, value->data, size < value->size ? size : value->size);
	return static_cast<int>(value->size);
}

/*
 * Looks @name up among the values that the client assigned (@assigned), then in the firmware node
 * (@read), where a standard keyword, which begins with a star, is also looked up without the star,
 * then among the client's defaults (@given).
 * Returns what the netcx_os_config_ functions return.
 */
template <class Assigned, class Read, class Given>
static int look_up(const Configuration *configuration, const Name &name, Assigned assigned,
		   Read read, Given given)
{
	netcx_device *device = configuration->device;
	const netcx_configuration_default *entry;
	const ConfigurationValue *value;
	int result = NETCX_OS_CONFIG_MISSING;

	netcx_os_mutex_acquire(device->data_mutex);
	value = *find_value(configuration, name.text);
	if (value)
		result = assigned(value);
	netcx_os_mutex_release(device->data_mutex);
	if (value)
		return result;

	/* Its firmware node has gone with the device. */
	const OsDevice os(device);

	if (!os.get())
		return NETCX_OS_CONFIG_MISSING;
	result = read(os.get(), name.text);
	if (result == NETCX_OS_CONFIG_MISSING && name.text[0] == '*' && name.text[1])
		result = read(os.get(), name.text + 1);
	if (result != NETCX_OS_CONFIG_MISSING)
		return result;
	entry = find_default(configuration, name.text);
	return entry ? given(entry) : NETCX_OS_CONFIG_MISSING;
}

static int read_number(const Configuration *configuration, const Name &name, UINT32 *number)
{
	return look_up(
		configuration, name,
		[&](const ConfigurationValue *value) { return assigned_number(value, number); },
		[&](netcx_os_device *os, const char *text) {
			return netcx_os_config_number(os, configuration->path, text, number);
		},
		[&](const netcx_configuration_default *entry) {
			return default_number(entry, number);
		});
}

static int read_string(const Configuration *configuration, const Name &name, UINT32 index,
		       char *buffer, SIZE_T size)
{
	return look_up(
		configuration, name,
		[&](const ConfigurationValue *value) {
			return assigned_string(value, index, buffer, size);
		},
		[&](netcx_os_device *os, const char *text) {
			return netcx_os_config_string(os, configuration->path, text, index, buffer,
						      size);
		},
		[&](const netcx_configuration_default *entry) {
			return default_string(entry, index, buffer, size);
		});
}

static int read_bytes(const Configuration *configuration, const Name &name, UINT8 *buffer,
		      SIZE_T size)
{
	return look_up(
		configuration, name,
		[&](const ConfigurationValue *value) {
			return assigned_bytes(value, buffer, size);
		},
		[&](netcx_os_device *os, const char *text) {
			return netcx_os_config_bytes(os, configuration->path, text, buffer, size);
		},
		[](const netcx_configuration_default *) { return NETCX_OS_CONFIG_OTHER_TYPE; });
}

/* ---- numbers and addresses in strings ---- */

/* The value of a decimal or hexadecimal digit, or -1. */
static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static bool parse_number(const char *text, UINT32 base, UINT32 *number)
{
	UINT64 value = 0;

	if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
		base = 16;
		text += 2;
	}
	if (!*text)
		return false;
	for (; *text; text++) {
		const int d = digit(*text);

		if (d < 0 || d >= static_cast<int>(base))
			return false;
		value = value * base + static_cast<UINT32>(d);
		if (value > MAXUINT32)
			return false;
	}
	*number = static_cast<UINT32>(value);
	return true;
}

static NTSTATUS parse_address(const char *text, NET_ADAPTER_LINK_LAYER_ADDRESS *address)
{
	NET_ADAPTER_LINK_LAYER_ADDRESS parsed = {};

	while (*text) {
		int high, low;

		if (*text == '-' || *text == ':') {
			text++;
			continue;
		}
		high = digit(text[0]);
		low = high < 0 ? -1 : digit(text[1]);
		if (low < 0)
			return STATUS_OBJECT_TYPE_MISMATCH;
		if (parsed.Length == sizeof(parsed.Address))
			return STATUS_BUFFER_OVERFLOW;
		parsed.Address[parsed.Length++] = static_cast<UCHAR>(high << 4 | low);
		text += 2;
	}
	*address = parsed;
	return STATUS_SUCCESS;
}

/* ---- what all functions begin with ---- */

static Configuration *begin(NETCONFIGURATION handle, const char *function, NTSTATUS *status)
{
	Configuration *configuration = from_handle<Configuration>(handle, function);

	*status = STATUS_SUCCESS;
	if (!configuration)
		*status = STATUS_INVALID_HANDLE;
	else if (refuse_atomic(configuration, function))
		*status = STATUS_INVALID_DEVICE_STATE;
	return NT_SUCCESS(*status) ? configuration : nullptr;
}

/* The same for functions that take a value's name. @given is another argument that is required. */
static Configuration *begin_value(NETCONFIGURATION handle, const char *function,
				  PCUNICODE_STRING value_name, const void *given,
				  const char *given_name, Name *name, NTSTATUS *status)
{
	Configuration *configuration = begin(handle, function, status);

	if (!configuration)
		return nullptr;
	*status = check_name(configuration, function, value_name, name);
	if (NT_SUCCESS(*status) && !given)
		*status = refuse(configuration, STATUS_INVALID_PARAMETER,
				 "%s: %s is NULL (ParameterCantBeNull)", function, given_name);
	return NT_SUCCESS(*status) ? configuration : nullptr;
}

static NTSTATUS open(const char *function, Object *parent, const char *path, const char *name,
		     const WDF_OBJECT_ATTRIBUTES *attributes, NETCONFIGURATION *handle)
{
	Configuration *configuration = nullptr;
	const SIZE_T path_length = length_of(path);
	const SIZE_T name_length = length_of(name);
	NTSTATUS status;

	if (path_length + 1 + name_length >= path_size)
		return refuse(parent, STATUS_OBJECT_NAME_INVALID,
			      "%s: names of more than %zu characters in all", function,
			      path_size - 1);
	status = check_attributes(function, parent, attributes, ParentRule::fixed, &parent);
	if (NT_SUCCESS(status))
		status = create_object(function, attributes, parent, &configuration);
	if (!NT_SUCCESS(status))
		return status;
	if (path_length) {
		RtlCopyMemory(configuration->path, path, path_length);
		configuration->path[path_length] = '/';
	}
	RtlCopyMemory(configuration->path + path_length + (path_length ? 1 : 0), name, name_length);
	return publish_object(function, configuration, handle);
}

/* @parent is NULL if the handle was invalid, which has been logged. */
static NTSTATUS open_top(const char *function, Object *parent,
			 const WDF_OBJECT_ATTRIBUTES *attributes, NETCONFIGURATION *handle)
{
	if (handle)
		*handle = nullptr;
	if (!parent)
		return STATUS_INVALID_HANDLE;
	if (refuse_atomic(parent, function))
		return STATUS_INVALID_DEVICE_STATE;
	if (!handle)
		return refuse(parent, STATUS_INVALID_PARAMETER,
			      "%s: Configuration is NULL (ParameterCantBeNull)", function);
	return open(function, parent, "", "", attributes, handle);
}

/* ---- strings as objects ---- */

static NTSTATUS make_string(const char *function, const WDF_OBJECT_ATTRIBUTES *attributes,
			    const char *text, WDFSTRING *handle)
{
	const SIZE_T length = length_of(text);
	String *string = nullptr;
	NTSTATUS status = create_string(function, attributes, length, &string);

	if (!NT_SUCCESS(status))
		return status;
	for (SIZE_T i = 0; i < length; i++)
		string->text.Buffer[i] = static_cast<WCHAR>(static_cast<UCHAR>(text[i]));
	return publish_object(function, string, handle);
}

/* A buffer for one string. It is too large for the stack, so read() allocates it. */
class Text
{
public:
	Text() = default;
	~Text() { netcx_os_free(text_); }

	Text(const Text &) = delete;
	Text &operator=(const Text &) = delete;

	NTSTATUS read(const Configuration *configuration, const Name &name, UINT32 index)
	{
		int result;

		if (!text_)
			text_ = static_cast<char *>(netcx_os_zalloc(string_size));
		if (!text_)
			return STATUS_INSUFFICIENT_RESOURCES;
		result = read_string(configuration, name, index, text_, string_size);
		if (result >= static_cast<int>(string_size))
			return refuse(configuration, STATUS_BUFFER_OVERFLOW,
				      "configuration value \"%s\" has %d characters, must have at "
				      "most %zu",
				      name.text, result, string_size - 1);
		return to_status(result);
	}

	const char *get() const { return text_; }

private:
	char *text_ = nullptr;
};

static NTSTATUS add_strings(const Configuration *configuration, const char *function,
			    const Name &name, WDF_OBJECT_ATTRIBUTES *attributes,
			    WDFCOLLECTION collection, UINT32 *count)
{
	for (;; (*count)++) {
		WDFSTRING string;
		NTSTATUS status;
		Text text;

		status = text.read(configuration, name, *count);
		/*
		 * No string of this index: the end, unless it is the first, when there is no value.
		 */
		if (status == STATUS_OBJECT_NAME_NOT_FOUND && *count)
			return STATUS_SUCCESS;
		if (NT_SUCCESS(status))
			status = make_string(function, attributes, text.get(), &string);
		if (!NT_SUCCESS(status))
			return status;
		status = WdfCollectionAdd(collection, string);
		if (!NT_SUCCESS(status)) {
			WdfObjectDelete(string);
			return status;
		}
	}
}

/*
 * Appends @string and a null character to @data and adds their bytes to *@size. With @data NULL
 * they are only counted. False if @string is not all printable ASCII.
 */
static bool pack(const UNICODE_STRING &string, UINT8 *data, SIZE_T *size)
{
	for (SIZE_T i = 0; i < string.Length / sizeof(WCHAR); i++) {
		const WCHAR c = string.Buffer[i];

		if (c < 0x20 || c > 0x7e)
			return false;
		if (data)
			data[*size] = static_cast<UINT8>(c);
		(*size)++;
	}
	(*size)++;
	return true;
}

static bool pack(WDFCOLLECTION collection, UINT8 *data, SIZE_T *size)
{
	*size = 0;
	for (ULONG i = 0; i < WdfCollectionGetCount(collection); i++) {
		UNICODE_STRING text;

		WdfStringGetUnicodeString(
			reinterpret_cast<WDFSTRING>(WdfCollectionGetItem(collection, i)), &text);
		if (!pack(text, data, size))
			return false;
	}
	return true;
}

static NTSTATUS refuse_characters(const Configuration *configuration, const char *function)
{
	return refuse(configuration, STATUS_INVALID_PARAMETER,
		      "%s: there are characters that are not ASCII", function);
}

} // namespace netcx

using namespace netcx;

extern "C" {

NTSTATUS NetAdapterOpenConfiguration(NETADAPTER Handle,
				     WDF_OBJECT_ATTRIBUTES *ConfigurationAttributes,
				     NETCONFIGURATION *Configuration)
{
	static const char function[] = "NetAdapterOpenConfiguration";

	return open_top(function, from_handle<Adapter>(Handle, function), ConfigurationAttributes,
			Configuration);
}

NTSTATUS NetDeviceOpenConfiguration(WDFDEVICE Device,
				    WDF_OBJECT_ATTRIBUTES *ConfigurationAttributes,
				    NETCONFIGURATION *Configuration)
{
	static const char function[] = "NetDeviceOpenConfiguration";

	return open_top(function, from_handle<netcx_device>(Device, function),
			ConfigurationAttributes, Configuration);
}

NTSTATUS NetConfigurationOpenSubConfiguration(NETCONFIGURATION Handle,
					      PCUNICODE_STRING SubConfigurationName,
					      WDF_OBJECT_ATTRIBUTES *SubConfigurationAttributes,
					      NETCONFIGURATION *SubConfiguration)
{
	static const char function[] = "NetConfigurationOpenSubConfiguration";
	NTSTATUS status;
	Name name;
	Configuration *configuration =
		begin_value(Handle, function, SubConfigurationName, SubConfiguration,
			    "SubConfiguration", &name, &status);

	if (SubConfiguration)
		*SubConfiguration = nullptr;
	if (!configuration)
		return status;
	return open(function, configuration, configuration->path, name.text,
		    SubConfigurationAttributes, SubConfiguration);
}

void NetConfigurationClose(NETCONFIGURATION Handle)
{
	NTSTATUS status;
	Configuration *configuration = begin(Handle, "NetConfigurationClose", &status);

	if (configuration)
		configuration->delete_object();
}

NTSTATUS NetConfigurationQueryUlong(NETCONFIGURATION Handle,
				    NET_CONFIGURATION_QUERY_ULONG_FLAGS Flags,
				    PCUNICODE_STRING ValueName, PULONG Value)
{
	static const char function[] = "NetConfigurationQueryUlong";
	NTSTATUS status;
	Name name;
	const Configuration *configuration =
		begin_value(Handle, function, ValueName, Value, "Value", &name, &status);
	const bool hexadecimal = Flags == NET_CONFIGURATION_QUERY_ULONG_MAY_BE_STORED_AS_HEX_STRING;
	Text text;

	if (!configuration)
		return status;
	if (Flags != NET_CONFIGURATION_QUERY_ULONG_NO_FLAGS && !hexadecimal)
		return refuse(configuration, STATUS_INVALID_PARAMETER,
			      "%s: Flags is 0x%x, must be 0 or 1 (InvalidQueryUlongFlag)", function,
			      static_cast<UINT32>(Flags));
	status = to_status(read_number(configuration, name, Value));
	if (status != STATUS_OBJECT_TYPE_MISMATCH)
		return status;
	status = text.read(configuration, name, 0);
	if (NT_SUCCESS(status) && !parse_number(text.get(), hexadecimal ? 16 : 10, Value))
		status = STATUS_OBJECT_TYPE_MISMATCH;
	return status;
}

NTSTATUS NetConfigurationQueryString(NETCONFIGURATION Handle, PCUNICODE_STRING ValueName,
				     WDF_OBJECT_ATTRIBUTES *StringAttributes, WDFSTRING *WdfString)
{
	static const char function[] = "NetConfigurationQueryString";
	NTSTATUS status;
	Name name;
	const Configuration *configuration =
		begin_value(Handle, function, ValueName, WdfString, "WdfString", &name, &status);
	Text text;

	if (!configuration)
		return status;
	status = text.read(configuration, name, 0);
	return NT_SUCCESS(status) ? make_string(function, StringAttributes, text.get(), WdfString)
				  : status;
}

NTSTATUS NetConfigurationQueryMultiString(NETCONFIGURATION Handle, PCUNICODE_STRING ValueName,
					  WDF_OBJECT_ATTRIBUTES *StringsAttributes,
					  WDFCOLLECTION Collection)
{
	static const char function[] = "NetConfigurationQueryMultiString";
	NTSTATUS status;
	Name name;
	const Configuration *configuration =
		begin_value(Handle, function, ValueName, Collection, "Collection", &name, &status);
	UINT32 count = 0;

	if (!configuration)
		return status;
	status = add_strings(configuration, function, name, StringsAttributes, Collection, &count);
	while (!NT_SUCCESS(status) && count) {
		const WDFOBJECT string = WdfCollectionGetLastItem(Collection);

		WdfCollectionRemoveItem(Collection, WdfCollectionGetCount(Collection) - 1);
		WdfObjectDelete(string);
		count--;
	}
	return status;
}

NTSTATUS NetConfigurationQueryBinary(NETCONFIGURATION Handle, PCUNICODE_STRING ValueName,
				     POOL_TYPE PoolType, WDF_OBJECT_ATTRIBUTES *MemoryAttributes,
				     WDFMEMORY *WdfMemory)
{
	static const char function[] = "NetConfigurationQueryBinary";
	NTSTATUS status;
	Name name;
	const Configuration *configuration =
		begin_value(Handle, function, ValueName, WdfMemory, "WdfMemory", &name, &status);
	void *buffer;
	int bytes;

	if (!configuration)
		return status;
	bytes = read_bytes(configuration, name, nullptr, 0);
	status = to_status(bytes);
	if (NT_SUCCESS(status))
		status = WdfMemoryCreate(MemoryAttributes, PoolType, 0, static_cast<SIZE_T>(bytes),
					 WdfMemory, &buffer);
	if (NT_SUCCESS(status))
		read_bytes(configuration, name, static_cast<UINT8 *>(buffer),
			   static_cast<SIZE_T>(bytes));
	return status;
}

NTSTATUS NetConfigurationQueryLinkLayerAddress(NETCONFIGURATION Handle,
					       NET_ADAPTER_LINK_LAYER_ADDRESS *LinkLayerAddress)
{
	static const char function[] = "NetConfigurationQueryLinkLayerAddress";
	DECLARE_CONST_UNICODE_STRING(value_name, L"NetworkAddress");
	NET_ADAPTER_LINK_LAYER_ADDRESS address = {};
	NTSTATUS status;
	Name name;
	const Configuration *configuration =
		begin_value(Handle, function, &value_name, LinkLayerAddress, "LinkLayerAddress",
			    &name, &status);
	Text text;
	int bytes;

	if (!configuration)
		return status;
	bytes = read_bytes(configuration, name, address.Address, sizeof(address.Address));
	if (bytes > static_cast<int>(sizeof(address.Address)))
		return STATUS_BUFFER_OVERFLOW;
	if (bytes >= 0) {
		address.Length = static_cast<USHORT>(bytes);
		*LinkLayerAddress = address;
		return STATUS_SUCCESS;
	}
	if (bytes != NETCX_OS_CONFIG_OTHER_TYPE)
		return to_status(bytes);
	status = text.read(configuration, name, 0);
	return NT_SUCCESS(status) ? parse_address(text.get(), LinkLayerAddress) : status;
}

NTSTATUS NetConfigurationAssignUlong(NETCONFIGURATION Handle, PCUNICODE_STRING ValueName,
				     ULONG Value)
{
	NTSTATUS status;
	Name name;
	const Configuration *configuration = begin_value(Handle, "NetConfigurationAssignUlong",
							 ValueName, &Value, "", &name, &status);
	ConfigurationValue *value;

	if (!configuration)
		return status;
	value = create_value(configuration, name, ValueType::number, sizeof(Value));
	if (!value)
		return STATUS_INSUFFICIENT_RESOURCES;
	RtlCopyMemory(value->data, &Value, sizeof(Value));
	assign(configuration, value);
	return STATUS_SUCCESS;
}

NTSTATUS NetConfigurationAssignUnicodeString(NETCONFIGURATION Handle, PCUNICODE_STRING ValueName,
					     PCUNICODE_STRING Value)
{
	static const char function[] = "NetConfigurationAssignUnicodeString";
	NTSTATUS status;
	Name name;
	const Configuration *configuration =
		begin_value(Handle, function, ValueName, Value, "Value", &name, &status);
	ConfigurationValue *value;
	SIZE_T size = 0;

	if (!configuration)
		return status;
	if (!pack(*Value, nullptr, &size))
		return refuse_characters(configuration, function);
	value = create_value(configuration, name, ValueType::string, size);
	if (!value)
		return STATUS_INSUFFICIENT_RESOURCES;
	size = 0;
	pack(*Value, value->data, &size);
	assign(configuration, value);
	return STATUS_SUCCESS;
}

NTSTATUS NetConfigurationAssignMultiString(NETCONFIGURATION Handle, PCUNICODE_STRING ValueName,
					   WDFCOLLECTION Collection)
{
	static const char function[] = "NetConfigurationAssignMultiString";
	NTSTATUS status;
	Name name;
	const Configuration *configuration =
		begin_value(Handle, function, ValueName, Collection, "Collection", &name, &status);
	ConfigurationValue *value;
	SIZE_T size;

	if (!configuration)
		return status;
	if (!pack(Collection, nullptr, &size))
		return refuse_characters(configuration, function);
	value = create_value(configuration, name, ValueType::multi_string, size);
	if (!value)
		return STATUS_INSUFFICIENT_RESOURCES;
	pack(Collection, value->data, &size);
	assign(configuration, value);
	return STATUS_SUCCESS;
}

NTSTATUS NetConfigurationAssignBinary(NETCONFIGURATION Handle, PCUNICODE_STRING ValueName,
				      void *Buffer, ULONG BufferLength)
{
	static const char function[] = "NetConfigurationAssignBinary";
	NTSTATUS status;
	Name name;
	const Configuration *configuration =
		begin_value(Handle, function, ValueName, Buffer, "Buffer", &name, &status);
	ConfigurationValue *value;

	if (!configuration)
		return status;
	if (!BufferLength || BufferLength > MAXLONG)
		return refuse(configuration, STATUS_INVALID_PARAMETER,
			      "%s: BufferLength is %u, must be 1 to %u", function, BufferLength,
			      MAXLONG);
	value = create_value(configuration, name, ValueType::bytes, BufferLength);
	if (!value)
		return STATUS_INSUFFICIENT_RESOURCES;
	RtlCopyMemory(value->data, Buffer, BufferLength);
	assign(configuration, value);
	return STATUS_SUCCESS;
}

} // extern "C"
