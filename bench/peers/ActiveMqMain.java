import java.io.File;
import java.net.InetSocketAddress;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.store.kahadb.KahaDBPersistenceAdapter;
import org.apache.activemq.web.MessageServlet;
import org.apache.activemq.web.WebClient;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;

/**
 * ActiveMQ Classic with a journal that is flushed for each group of messages, and its REST servlet. Argument: a folder. Prints its
 * port and version, and runs until the process is ended. Run as a source file: no part of the build knows its libraries.
 */
public final class ActiveMqMain {

    private ActiveMqMain() {}

    public static void main(String[] arguments) throws Exception {
        File folder = new File(arguments[0]);
        KahaDBPersistenceAdapter store = new KahaDBPersistenceAdapter();
        store.setDirectory(folder);
        store.setEnableJournalDiskSyncs(true);
        BrokerService broker = new BrokerService();
        broker.setBrokerName("bench");
        broker.setPersistenceAdapter(store);
        broker.setUseJmx(false);
        broker.setUseShutdownHook(true);
        broker.setDataDirectoryFile(folder);
        broker.setSchedulerSupport(false);
        broker.getSystemUsage().getStoreUsage().setLimit(16L << 30);
        broker.getSystemUsage().getTempUsage().setLimit(1L << 30);
        broker.start();
        broker.waitUntilStarted();

        Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
        ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
        context.setInitParameter(WebClient.BROKER_URL_INIT_PARAM, "vm://bench?create=false&jms.useAsyncSend=false");
        ServletHolder servlet = new ServletHolder(new MessageServlet());
        servlet.setAsyncSupported(true);
        context.addServlet(servlet, "/message/*");
        server.setHandler(context);
        server.start();
        System.out.println(((ServerConnector) server.getConnectors()[0]).getLocalPort() + " ActiveMQ Classic "
                + broker.getBroker().getBrokerService().getClass().getPackage().getImplementationVersion());
        server.join();
    }
}
