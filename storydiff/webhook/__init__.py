"""Telling newsrooms: signed webhooks (Standard Webhooks), Slack and Discord, with retries that follow from values."""
