/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The rules that verifier mode checks, by the names that its reports use. Names that NetAdapterCx's
 * own verifier has are its failure codes' (netcx/adapter/verifier.hpp of the published source); the
 * rest are ours. Tests that break a rule on purpose, and tools that read reports, take them from here.
 */
#ifndef NETCX_VERIFIER_RULES_H
#define NETCX_VERIFIER_RULES_H

/*
 * Rules of the rings: RULE(name, what a client did that broke it). Looked at around every callback of
 * a packet queue; in the order in which they are looked at, as far as more than one can be broken.
 */
#define NETCX_VERIFIER_QUEUE_RULES(RULE)                                                          \
	RULE(InvalidRingImmutable, "wrote the OS's half of a ring")                               \
	RULE(InvalidRingBeginIndex, "moved BeginIndex backwards or past EndIndex")                \
	RULE(InvalidRingImmutableFrameworkElement, "wrote an element that the OS owns")           \
	RULE(InvalidRingImmutableDriverTxPacket, "wrote more of a tx packet than Scratch")        \
	RULE(InvalidRingImmutableDriverTxFragment, "wrote more of a tx fragment than Scratch")    \
	RULE(InvalidRingImmutableDriverRxPacketIgnore,                                            \
	     "wrote more of an ignored packet than Ignore and Scratch")                           \
	RULE(InvalidRingModifiedRxPacket, "wrote a reserved field of an rx packet")               \
	RULE(InvalidRingUnmodifiedRxPacket, "returned a packet without writing all of it")        \
	RULE(InvalidRingRxPacketFragmentCountZero, "returned a packet without fragments")         \
	RULE(InvalidRingRxPacketFragmentCountOutOfRange,                                          \
	     "returned a packet of more fragments than it owned")                                 \
	RULE(InvalidRingRxPacketFragmentIndexOutOfPreRange,                                       \
	     "returned a packet whose first fragment it did not own")                             \
	RULE(InvalidRingRxPacketFragmentCountOutOfPreRange,                                       \
	     "returned a packet whose last fragment it did not own")                              \
	RULE(InvalidRingRxPacketFragmentIndexOutOfPostRange,                                      \
	     "returned a packet, but not its first fragment")                                     \
	RULE(InvalidRingRxPacketFragmentCountOutOfPostRange,                                      \
	     "returned a packet, but not its last fragment")                                      \
	RULE(InvalidRingRxPacketLayer2Type, "returned a packet with an unknown Layer2Type")       \
	RULE(InvalidRingRxPacketLayer2TypeNullLengthNonZero,                                      \
	     "returned a packet of no layer 2 with a Layer2HeaderLength")                         \
	RULE(InvalidRingRxPacketLayer2TypeEthernetLengthInvalid,                                  \
	     "returned an Ethernet packet with a Layer2HeaderLength of neither 0 nor 14 or more") \
	RULE(InvalidRingRxPacketLayer3Type, "returned a packet with an unknown Layer3Type")       \
	RULE(InvalidRingRxPacketLayer3TypeIPv4LengthInvalid,                                      \
	     "returned an IPv4 packet with a Layer3HeaderLength of neither 0 nor 20 or more")     \
	RULE(InvalidRingRxPacketLayer3TypeIPv6LengthInvalid,                                      \
	     "returned an IPv6 packet with a Layer3HeaderLength of neither 0 nor 40 or more")     \
	RULE(InvalidRingRxPacketLayer4Type, "returned a packet with an unknown Layer4Type")       \
	RULE(InvalidRingRxPacketLayer4TypeTcpLengthInvalid,                                       \
	     "returned a TCP packet with a Layer4HeaderLength of neither 0 nor 20, 24 ... 60")    \
	RULE(InvalidRingRxPacketLayer4TypeUdpLengthInvalid,                                       \
	     "returned a UDP packet with a Layer4HeaderLength of neither 0 nor 8 or more")        \
	RULE(InvalidRingRxPacketFragmentIndexOverlap,                                             \
	     "returned a packet whose first fragment is not behind the packet before it")         \
	RULE(InvalidRingRxPacketFragmentCountOverlap,                                             \
	     "returned a packet whose fragments reach past the ones it returned")                 \
	RULE(InvalidRingUnmodifiedRxFragment, "wrote a field of an rx fragment that is the OS's") \
	RULE(InvalidRingModifiedRxFragment, "returned a fragment without writing all of it")      \
	RULE(InvalidRingRxPacketFragmentLengthInvalid,                                            \
	     "returned a fragment whose Offset + ValidLength is more than its Capacity")          \
	NETCX_VERIFIER_OWN_QUEUE_RULES(RULE)

/* Those of them that NetAdapterCx's verifier does not have. */
#define NETCX_VERIFIER_OWN_QUEUE_RULES(RULE)                                                       \
	RULE(InvalidRingNextIndex, "moved NextIndex backwards or out of [BeginIndex, EndIndex]")   \
	RULE(InvalidRingTxFragmentBeginIndex,                                                      \
	     "left BeginIndex of the fragments elsewhere than behind the last returned packet")    \
	RULE(InvalidRingRxPacketChecksum, "returned a packet with an unknown checksum evaluation") \
	RULE(InvalidRingImmutableFragmentAddress,                                                  \
	     "wrote an address of a buffer that the OS attached")                                  \
	RULE(RingTouchedOutsideCallback, "moved an index of a ring outside its callbacks")         \
	RULE(RingTouchedAfterStop, "wrote to a ring after EvtStop")                                \
	RULE(QueueNotDrained, "still owns elements too long after EvtCancel")

/*
 * Rules of calls: which one was broken stands in parentheses at the end of the line in the log that
 * says what was wrong. Looked at on every call, whether or not verifier mode is on. Those rules of
 * NetAdapterCx that are missing here have nothing to be about on Linux, see docs/api.md.
 */
#define NETCX_VERIFIER_API_RULES(RULE)               \
	RULE(IrqlIsNotPassive)                       \
	RULE(IrqlNotLessOrEqualDispatch)             \
	RULE(AdapterAlreadyStarted)                  \
	RULE(AdapterNotStarted)                      \
	RULE(OffloadNotPaused)                       \
	RULE(InvalidStructTypeSize)                  \
	RULE(ParameterCantBeNull)                    \
	RULE(InvalidNetAdapterInitSignature)         \
	RULE(NetAdapterInitAlreadyUsed)              \
	RULE(ParentObjectNotNull)                    \
	RULE(ObjectAttributesContextSizeTooLarge)    \
	RULE(InvalidDatapathCallbacks)               \
	RULE(BadQueueInitContext)                    \
	RULE(CreatingNetQueueFromWrongThread)        \
	RULE(QueueAlreadyCreated)                    \
	RULE(NetQueueInvalidConfiguration)           \
	RULE(InvalidQueueHandle)                     \
	RULE(InvalidNetExtensionName)                \
	RULE(InvalidNetExtensionVersion)             \
	RULE(InvalidNetExtensionType)                \
	RULE(InvalidAdapterTxCapabilities)           \
	RULE(InvalidAdapterRxCapabilities)           \
	RULE(NotPowerOfTwo)                          \
	RULE(MtuMustBeGreaterThanZero)               \
	RULE(MacAddressLengthTooLong)                \
	RULE(InvalidLinkState)                       \
	RULE(InvalidSetReceiveFilterCallBack)        \
	RULE(InvalidReceiveFilterCapabilities)       \
	RULE(SetReceiveFilterFromWrongThread)        \
	RULE(InvalidQueryUlongFlag)                  \
	RULE(InvalidReceiveScalingHashType)          \
	RULE(InvalidReceiveScalingProtocolType)      \
	RULE(InvalidReceiveScalingEncapsulationType) \
	RULE(InvalidGsoCapabilities)                 \
	RULE(InvalidGsoHardwareCapabilities)         \
	RULE(InvalidTxChecksumCapabilities)          \
	RULE(InvalidTxChecksumHardwareCapabilities)  \
	RULE(InvalidTxChecksumLayer4Capabilities)    \
	RULE(InvalidTxChecksumIPv6Flags)             \
	RULE(DeprecatedFunction)                     \
	RULE(InvalidPowerOffloadListSignature)       \
	RULE(InvalidWakeSourceListSignature)         \
	RULE(InvalidRSSConfiguration)                \
	RULE(WakeNotInProgress)                      \
	RULE(InvalidNetAdapterWakeReasonMediaChange) \
	RULE(ResetDiagnosticsSizeTooLarge)           \
	RULE(IsNotCollectingResetDiagnostics)        \
	RULE(InvalidExecutionContextConfig)          \
	RULE(InvalidExecutionContextTask)            \
	RULE(InvalidTxDemuxType)                     \
	RULE(InvalidTxDemuxRange)                    \
	RULE(DemuxNotPresent)                        \
	RULE(InvalidNetMemoryConfigStructure)        \
	RULE(InvalidNetMemoryRelease)                \
	RULE(LeakedNetMemoryNotAllMemoryReleased)    \
	RULE(RemovingDeviceWithAdapters)             \
	RULE(AdapterChangedInInterfaceCallback)

#define NETCX_VERIFIER_QUEUE_RULE_ENUMERATOR(name, broken) netcx_rule_##name,
#define NETCX_VERIFIER_API_RULE_ENUMERATOR(name)	   netcx_rule_##name,

/* A rule: netcx_rule_ and its name. */
enum netcx_verifier_rule {
	/* No rule was broken. */
	netcx_rule_none,
	NETCX_VERIFIER_QUEUE_RULES(NETCX_VERIFIER_QUEUE_RULE_ENUMERATOR)
	/* No rule; those of the rings come before it, those of calls behind. */
	netcx_rule_queue_end,
	NETCX_VERIFIER_API_RULES(NETCX_VERIFIER_API_RULE_ENUMERATOR) netcx_rule_end
};

#endif /* NETCX_VERIFIER_RULES_H */
