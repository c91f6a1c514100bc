package dev.parley.connectors;

import dev.parley.connector.Connector;
import dev.parley.connectors.web.WebConnector;
import dev.parley.connectors.whatsapp.WhatsAppConnector;
import java.util.List;

/** Which connectors there are. */
public final class Connectors {

    private Connectors() {}

    /** One of each, every provider named once. */
    public static List<Connector> all() {
        return List.of(new WhatsAppConnector(), new WebConnector());
    }
}
