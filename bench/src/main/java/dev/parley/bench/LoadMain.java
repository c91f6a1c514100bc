package dev.parley.bench;

import java.nio.file.Path;

/** The load generator, in a process of its own: one argument, the file of {@link LoadSettings}; prints one line of figures. */
public final class LoadMain {

    private LoadMain() {}

    /** Runs once. Fails when any answer is not a 201: what is measured is accepting. */
    public static void main(String[] arguments) throws Exception {
        LoadSettings settings = LoadSettings.read(Path.of(arguments[0]));
        LoadResult result = settings.rate() == 0 ? new ClosedLoop(settings).run() : new OpenLoop(settings).run();
        System.out.println(result.line());
    }
}
