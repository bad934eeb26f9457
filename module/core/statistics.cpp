// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Hardware statistics: netcx_statistics.h. */
#include "adapter_ext.h"
#include "caller.h"
#include "log.h"

namespace netcx
{

static const char structure[] = "netcx_statistics_config";

/* ETH_GSTRING_LEN less the null character. */
static constexpr SIZE_T longest_name = 31;
/* Of the structure before counters had meanings. */
static constexpr UINT32 first_size = NETCX_OFFSETOF(netcx_statistics_config, Meanings);

static NTSTATUS check_names(const Adapter *adapter, const netcx_statistics_config &config)
{
	if (!config.Read || !config.Names)
		return refuse(adapter, STATUS_INVALID_PARAMETER, "%s.%s is NULL, must be set",
			      structure, config.Read ? "Names" : "Read");
	if (!config.Count)
		return refuse(adapter, STATUS_INVALID_PARAMETER,
			      "%s.Count is 0, must be at least 1", structure);
	for (UINT32 i = 0; i < config.Count; i++) {
		const char *name = config.Names[i];

		if (!name || !*name || __builtin_strlen(name) > longest_name)
			return refuse(adapter, STATUS_INVALID_PARAMETER,
				      "%s.Names[%u] must have 1 to %zu characters", structure, i,
				      longest_name);
	}
	return STATUS_SUCCESS;
}

static NTSTATUS check_frame_sizes(const Adapter *adapter, const netcx_statistics_config &config)
{
	if (config.FrameSizesCount > NETCX_FRAME_SIZES_MAX)
		return refuse(adapter, STATUS_INVALID_PARAMETER,
			      "%s.FrameSizesCount is %u, must be at most %u", structure,
			      config.FrameSizesCount, NETCX_FRAME_SIZES_MAX);
	if (config.FrameSizesCount && !config.FrameSizes)
		return refuse(adapter, STATUS_INVALID_PARAMETER,
			      "%s.FrameSizes is NULL, must be set", structure);
	for (UINT32 i = 0; i < config.FrameSizesCount; i++) {
		const netcx_frame_sizes &sizes = config.FrameSizes[i];

		/* A range of zeros ends the list for ethtool. */
		if (sizes.High < sizes.Low || !sizes.High ||
		    (i && sizes.Low <= config.FrameSizes[i - 1].High))
			return refuse(adapter, STATUS_INVALID_PARAMETER,
				      "%s.FrameSizes[%u] is %u to %u, must be in ascending order",
				      structure, i, sizes.Low, sizes.High);
	}
	return STATUS_SUCCESS;
}

static bool is_histogram(enum netcx_statistic statistic)
{
	return statistic == netcx_statistic_rmon_rx_histogram ||
	       statistic == netcx_statistic_rmon_tx_histogram;
}

static NTSTATUS check_meanings(const Adapter *adapter, const netcx_statistics_config &config)
{
	if (config.MeaningCount && !config.Meanings)
		return refuse(adapter, STATUS_INVALID_PARAMETER, "%s.Meanings is NULL, must be set",
			      structure);
	for (UINT32 i = 0; i < config.MeaningCount; i++) {
		const netcx_statistic_meaning &meaning = config.Meanings[i];
		const UINT32 statistic = static_cast<UINT32>(meaning.Statistic);
		const UINT32 ranges = is_histogram(meaning.Statistic) ? config.FrameSizesCount : 1;

		if (meaning.Counter >= config.Count)
			return refuse(adapter, STATUS_INVALID_PARAMETER,
				      "%s.Meanings[%u].Counter is %u, must be below Count, %u",
				      structure, i, meaning.Counter, config.Count);
		if (statistic >= netcx_statistic_end)
			return refuse(adapter, STATUS_INVALID_PARAMETER,
				      "%s.Meanings[%u].Statistic is %u, must be below %u",
				      structure, i, statistic, netcx_statistic_end);
		if (meaning.Sizes >= ranges)
			return refuse(adapter, STATUS_INVALID_PARAMETER,
				      "%s.Meanings[%u].Sizes is %u, must be below %u", structure, i,
				      meaning.Sizes, ranges);
	}
	return STATUS_SUCCESS;
}

/* What @config has, with nothing in the fields that an older one lacks. */
static NTSTATUS copy_statistics(const Adapter *adapter, const netcx_statistics_config *config,
				netcx_statistics_config *copy)
{
	NTSTATUS status;

	*copy = {};
	if (config->Size == first_size) {
		RtlCopyMemory(copy, config, first_size);
		return STATUS_SUCCESS;
	}
	status = check_size(adapter, structure, config->Size, sizeof(*config));
	if (NT_SUCCESS(status))
		*copy = *config;
	return status;
}

} // namespace netcx

using namespace netcx;

extern "C" {

NTSTATUS netcx_adapter_set_statistics(NETADAPTER Handle,
				      const struct netcx_statistics_config *Config)
{
	struct netcx_statistics_config config;
	Adapter *adapter;
	NTSTATUS status = begin_extension(Handle, "netcx_adapter_set_statistics", Config, &adapter);

	if (NT_SUCCESS(status))
		status = copy_statistics(adapter, Config, &config);
	if (NT_SUCCESS(status))
		status = check_names(adapter, config);
	if (NT_SUCCESS(status))
		status = check_frame_sizes(adapter, config);
	if (NT_SUCCESS(status))
		status = check_meanings(adapter, config);
	if (NT_SUCCESS(status))
		adapter->statistics = config;
	return status;
}

void netcx_core_adapter_read_statistics(struct netcx_adapter *adapter, UINT64 *values)
{
	const InterfaceScope scope(Adapter::of(adapter));

	if (adapter->statistics.Read)
		adapter->statistics.Read(adapter->handle, values);
}

} // extern "C"
