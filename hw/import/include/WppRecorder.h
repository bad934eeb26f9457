/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The trace preprocessor's (WPP) side of a driver, of which nothing is left: there are no trace sessions and no
 * recorder (IFR) on Linux. Every .tmh of an imported driver includes this, see wpp.py; arguments are compiled
 * and not evaluated. Page: "WPP Software Tracing", "Inflight Trace Recorder (IFR) for logging traces".
 */
#ifndef NETCX_IMPORT_WPPRECORDER_H
#define NETCX_IMPORT_WPPRECORDER_H

#include "ntddk.h"

#define netcx_wpp_checked(...) ((void)sizeof((0, ##__VA_ARGS__, 0)))

#define WPP_INIT_TRACING(...) netcx_wpp_checked(__VA_ARGS__)
#define WPP_CLEANUP(...)      netcx_wpp_checked(__VA_ARGS__)
/* The names of flags are no identifiers, so these do not look at them. */
#define WPP_LEVEL_ENABLED(flag) FALSE
#define WPP_LEVEL_LOGGER(flag)

typedef struct _RECORDER_LOG *RECORDER_LOG, **PRECORDER_LOG;

typedef struct _RECORDER_LOG_CREATE_PARAMS {
	ULONG Size;
	CHAR LogTypePrefix;
	ULONG TotalBufferSize;
	ULONG ErrorPartitionSize;
	CHAR LogIdentifier[16];
	BOOLEAN UseDefaultMaxLogSize;
} RECORDER_LOG_CREATE_PARAMS, *PRECORDER_LOG_CREATE_PARAMS;

typedef struct _RECORDER_CONFIGURE_PARAMS {
	ULONG Size;
	BOOLEAN CreateDefaultLog;
} RECORDER_CONFIGURE_PARAMS, *PRECORDER_CONFIGURE_PARAMS;

NETCX_INLINE void RECORDER_LOG_CREATE_PARAMS_INIT(PRECORDER_LOG_CREATE_PARAMS Params,
						  const char *LogIdentifier)
{
	(void)LogIdentifier;
	RtlZeroMemory(Params, sizeof(*Params));
	Params->Size = sizeof(*Params);
}

NETCX_INLINE void RECORDER_CONFIGURE_PARAMS_INIT(PRECORDER_CONFIGURE_PARAMS Params)
{
	RtlZeroMemory(Params, sizeof(*Params));
	Params->Size = sizeof(*Params);
}

/* Logs can be made, and what is written to them is nowhere. */
NETCX_INLINE NTSTATUS WppRecorderLogCreate(PRECORDER_LOG_CREATE_PARAMS CreateParams,
					   RECORDER_LOG *LogHandle)
{
	(void)CreateParams;
	*LogHandle = (RECORDER_LOG)NULL;
	return STATUS_SUCCESS;
}

NETCX_INLINE void WppRecorderLogDelete(RECORDER_LOG LogHandle)
{
	(void)LogHandle;
}

NETCX_INLINE RECORDER_LOG WppRecorderLogGetDefault(void)
{
	return (RECORDER_LOG)NULL;
}

NETCX_INLINE BOOLEAN WppRecorderIsDefaultLogAvailable(void)
{
	return FALSE;
}

NETCX_INLINE void WppRecorderConfigure(PRECORDER_CONFIGURE_PARAMS ConfigureParams)
{
	(void)ConfigureParams;
}

#endif /* NETCX_IMPORT_WPPRECORDER_H */
