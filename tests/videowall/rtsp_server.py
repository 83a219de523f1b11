"""The real RTSP server of the tests: GStreamer's, see ``drivers.sim.gst_camera``."""

from drivers.sim.gst_camera import RtspServer, film, free_port

__all__ = ["RtspServer", "film", "free_port"]
