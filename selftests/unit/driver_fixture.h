/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* A driver, a device for it, and the life of both, up to where the test wants it. */
#ifndef NETCX_UNIT_DRIVER_FIXTURE_H
#define NETCX_UNIT_DRIVER_FIXTURE_H

#include <gtest/gtest.h>

#include "core.h"
#include "os/fake_os.h"

namespace unit
{

class DriverFixture : public ::testing::Test
{
protected:
	DriverFixture(const char *name, PDRIVER_INITIALIZE entry);
	~DriverFixture() override;

	/* Each does all before it, too. They return 0 or the error. */
	int register_driver();
	int add();
	int start();
	int open();

	/* Undoes as much as was done. */
	void finish();

	fake::Os &os = fake::Os::get();
	netcx_os_device hardware;
	netcx_driver *driver = nullptr;
	netcx_device *device = nullptr;
	bool started = false;

	fake::Interface *interface()
	{
		return fake::Interface::all().empty() ? nullptr : fake::Interface::all()[0];
	}

private:
	const char *const name;
	const PDRIVER_INITIALIZE entry;
};

} // namespace unit

#endif /* NETCX_UNIT_DRIVER_FIXTURE_H */
