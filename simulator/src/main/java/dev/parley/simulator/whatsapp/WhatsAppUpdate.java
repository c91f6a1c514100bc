package dev.parley.simulator.whatsapp;

import dev.parley.simulator.callbacks.Update;

/** What a WhatsApp callback can tell. */
public sealed interface WhatsAppUpdate extends Update permits StatusUpdate, InboundUpdate, ErrorUpdate, AccountUpdate {}
