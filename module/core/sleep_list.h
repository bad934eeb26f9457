/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Shared by wake sources and power offloads: elements embedded in their adapters, which clients
 * refer to by handle and enumerate as a list of all that are enabled.
 *
 * @Kind has what is different: Element, List and the name of List; the names of an element and of
 * its handle for messages; the function that fills in a list, and the verifier rule that is broken
 * by a list which it did not fill in; the member of Adapter that has the elements.
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
	 * The enabled element @index of all the device's adapters, or NULL; their number in
	 * *@count. tree_lock instead of the device's adapter_mutex: clients call this in callbacks
	 * that are made with adapter_mutex held.
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

	/* NULL, which is logged, if @handle is invalid. */
	static Element *checked(Element *handle, const char *function)
	{
		if (handle && handle->signature == Element::valid)
			return handle;
		refuse(nullptr, STATUS_INVALID_HANDLE, "%s was given %s, not a %s", function,
		       handle ? "something else" : "NULL", Kind::handle_name);
		return nullptr;
	}

	/* Also if the element is not of @type, or @parameters is NULL or of the wrong Size. */
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
	/* Value of Reserved[0] of a list that fill_in() filled in. */
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
