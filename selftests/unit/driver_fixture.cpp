// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "driver_fixture.h"

namespace unit
{

DriverFixture::DriverFixture(const char *name_of_driver, PDRIVER_INITIALIZE entry_of_driver)
	: name(name_of_driver), entry(entry_of_driver)
{
	os.reset();
}

/* Whatever a test did: nothing stays behind, and nothing was done that an OS would choke on. */
DriverFixture::~DriverFixture()
{
	finish();
	EXPECT_EQ(os.live(), 0u) << os.live_kinds();
	EXPECT_EQ(os.violations, std::vector<std::string>());
	os.reset();
}

int DriverFixture::register_driver()
{
	if (driver)
		return 0;
	return netcx_core_driver_create(name, "1.0", entry, &driver);
}

int DriverFixture::add()
{
	int error = register_driver();

	if (!error && !device)
		error = netcx_core_device_add(driver, &hardware, &device);
	return error;
}

int DriverFixture::start()
{
	int error = add();

	if (!error && !started) {
		error = netcx_core_device_start(device);
		started = !error;
	}
	return error;
}

int DriverFixture::open()
{
	int error = start();

	return error ? error : interface()->open();
}

void DriverFixture::finish()
{
	if (started)
		netcx_core_device_stop(device);
	started = false;
	if (device)
		netcx_core_device_remove(device);
	device = nullptr;
	if (driver)
		netcx_core_driver_destroy(driver);
	driver = nullptr;
}

} // namespace unit
