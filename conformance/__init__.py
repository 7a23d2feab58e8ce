"""The judge: bytes in, findings out. It knows no simulator."""
