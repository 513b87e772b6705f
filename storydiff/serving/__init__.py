"""What every HTTP face of storydiff shares: the opened service, what surrounds a request, and how bytes are sent."""
