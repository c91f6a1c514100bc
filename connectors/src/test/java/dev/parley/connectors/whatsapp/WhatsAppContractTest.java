package dev.parley.connectors.whatsapp;

import dev.parley.testkit.connector.CallbackContract;
import dev.parley.testkit.connector.ConnectorContract;
import dev.parley.testkit.connector.ConnectorSample;
import dev.parley.testkit.connector.SendContract;
import org.junit.jupiter.api.Nested;

class WhatsAppContractTest {

    @Nested
    class Itself extends ConnectorContract {
        @Override
        protected ConnectorSample sample() {
            return Samples.sample();
        }
    }

    @Nested
    class Sending extends SendContract {
        @Override
        protected ConnectorSample sample() {
            return Samples.sample();
        }
    }

    @Nested
    class Callbacks extends CallbackContract {
        @Override
        protected ConnectorSample sample() {
            return Samples.sample();
        }
    }
}
