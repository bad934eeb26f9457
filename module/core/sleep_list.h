/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What wake sources and power offloads have in common: elements that are part of their adapters, which
 * clients know by handle and find in a list of all that are enabled.
 *
 * A Kind says what is different: Element, List and List's name; how messages call an element and its
 * handle; the function that fills a list in, and the rule that one which it did not breaks; where an
 * adapter has its elements.
 */
#ifndef NETCX_CORE_SLEEP_LIST_H
#define NETCX_CORE_SLEEP_LIST_H

#include "adapter.h"
#include "device.h"
#include "driver.h"
#include "log.h"

namespace netcx
{

template <class Kind>
class SleepList
{
public:
	using Element = typename Kind::Element;
	using List = typename Kind::List;

	/*
	 * Element @index of all adapters', NULL if there are not so many; their number in @count.
	 * Clients ask in callbacks where the device's adapter_mutex may not be taken.
	 */
	static Element *find(const netcx_device *device, SIZE_T index, SIZE_T *count)
	{
		Element *found = nullptr;
		SIZE_T n = 0;

		netcx_os_spinlock_acquire(device->driver->tree_lock);
		for (Adapter *a = device->first_adapter; a; a = a->next) {
			for (Element &element : (a->*Kind::elements).slots) {
				if (element.enabled && n++ == index)
					found = &element;
			}
		}
		netcx_os_spinlock_release(device->driver->tree_lock);
		*count = n;
		return found;
	}

	static void fill_in(WDFDEVICE handle, List *list)
	{
		netcx_device *device = from_handle<netcx_device>(handle, Kind::fill_function);

		if (!device || refuse_atomic(device, Kind::fill_function))
			return;
		if (!list) {
			refuse(device, STATUS_INVALID_PARAMETER,
			       "%s: List is NULL (ParameterCantBeNull)", Kind::fill_function);
			return;
		}
		if (!NT_SUCCESS(check_size(device, Kind::list_name, list->Size, sizeof(*list))))
			return;
		list->Reserved[0] = signature();
		list->Reserved[1] = device;
	}

	static SIZE_T count(const List *list, const char *function)
	{
		const netcx_device *device = device_of(list, function);
		SIZE_T n = 0;

		if (device)
			find(device, 0, &n);
		return n;
	}

	static Element *at(const List *list, SIZE_T index, const char *function)
	{
		const netcx_device *device = device_of(list, function);
		Element *element;
		SIZE_T n;

		if (!device)
			return nullptr;
		element = find(device, index, &n);
		if (!element)
			refuse(device, STATUS_INVALID_PARAMETER,
			       "%s: Index is %zu, must be below %zu", function, index, n);
		return element;
	}

	/* NULL, after a line in the log, for what is no handle. */
	static Element *checked(Element *handle, const char *function)
	{
		if (handle && handle->signature == Element::valid)
			return handle;
		refuse(nullptr, STATUS_INVALID_HANDLE, "%s was given %s, not a %s", function,
		       handle ? "something else" : "NULL", Kind::handle_name);
		return nullptr;
	}

	/* As well for an element of another type, and for parameters that cannot be filled in. */
	template <class Type, class Parameters>
	static Element *checked(Element *handle, Type type, const Parameters *parameters,
				const char *structure, const char *function)
	{
		Element *element = checked(handle, function);

		if (!element)
			return nullptr;
		if (!parameters) {
			refuse(element->adapter, STATUS_INVALID_PARAMETER,
			       "%s: Parameters is NULL (ParameterCantBeNull)", function);
			return nullptr;
		}
		if (!NT_SUCCESS(check_size(element->adapter, structure, parameters->Size,
					   sizeof(*parameters))))
			return nullptr;
		if (element->type == type)
			return element;
		refuse(element->adapter, STATUS_OBJECT_TYPE_MISMATCH,
		       "%s was given a %s of type %d, not %d", function, Kind::element_name,
		       element->type, type);
		return nullptr;
	}

private:
	/* What a list that was filled in begins with. */
	static void *signature() { return reinterpret_cast<void *>(Element::valid); }

	static const netcx_device *device_of(const List *list, const char *function)
	{
		const netcx_device *device = nullptr;

		if (list && list->Size == sizeof(*list) && list->Reserved[0] == signature())
			device = static_cast<const netcx_device *>(object_of(list->Reserved[1]));
		if (!device)
			refuse(nullptr, STATUS_INVALID_PARAMETER,
			       "%s was given a list that %s has not filled in (%s)", function,
			       Kind::fill_function, Kind::unfilled_rule);
		return device;
	}
};

} // namespace netcx

#endif /* NETCX_CORE_SLEEP_LIST_H */
