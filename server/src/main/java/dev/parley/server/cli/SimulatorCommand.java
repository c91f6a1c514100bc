package dev.parley.server.cli;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

@Command(name = "simulator", description = "Runs the simulated providers alone.")
final class SimulatorCommand implements Callable<Integer> {

    private final Surroundings around;

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address to listen on. Default: 127.0.0.1.")
    private String host = "127.0.0.1";

    @Option(names = "--port", defaultValue = "8090", description = "Port; 0 takes any free one. Default: 8090.")
    private int port;

    @Option(names = "--json", description = "Prints one line of JSON on standard output once ready, for scripts.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    SimulatorCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > 65535) {
            throw new ParameterException(spec.commandLine(), "--port: must be a whole number from 0 to 65535");
        }
        Root.RunningSimulator simulator = around.root().simulator(host, port);
        if (json) {
            long pid = ProcessHandle.current().pid();
            Map<String, Object> line = Map.of("simulatorUrl", simulator.url().toString(), "pid", pid);
            around.out().println(JsonMapper.shared().writeValueAsString(line));
        } else {
            around.out().println("The simulator is ready: " + simulator.url() + " (its control is under /_control)");
        }
        around.out().flush();
        around.stop().await();
        return GracefulStop.close(simulator.closer(), Duration.ZERO, around.err());
    }
}
