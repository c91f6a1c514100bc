package dev.parley.server.platform.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.parley.server.platform.settings.LogFormat;
import dev.parley.server.platform.settings.LogLevel;
import dev.parley.server.platform.settings.Settings;

/** Logging before the settings are known, and in tests: warnings as text. Found by logback through its service file. */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class DefaultLogging extends ContextAwareBase implements Configurator {

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        Logging.attach(context, new Settings.Log(LogFormat.TEXT, LogLevel.WARN), "");
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
