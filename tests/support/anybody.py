"""Python that a test's process runs first, to be bound by a folder's rights like anybody.

Root may write everywhere. Without two capabilities (DAC_OVERRIDE, DAC_READ_SEARCH), which a process
loses when it starts itself anew, it may not.
"""

AS_ANYBODY = """
import ctypes, os, sys
if os.geteuid() == 0 and not os.environ.get("BOUND"):
    os.environ["BOUND"] = "1"
    for capability in (1, 2):
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)
    os.execv(sys.executable, sys.orig_argv)
"""
