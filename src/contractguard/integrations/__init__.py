"""contractguard inside other systems. Each knows the engine and reporting, and its own system, and nothing of the others."""
