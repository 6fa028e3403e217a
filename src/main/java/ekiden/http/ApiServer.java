package ekiden.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import ekiden.base.HostPort;
import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The API's server. Safe from any thread. */
public final class ApiServer implements AutoCloseable {
    private static final Logger LOG = LazyLogger.of(ApiServer.class);
    private static final int BACKLOG = 128;
    private static final long STOP_SECONDS = 1;

    private final ApiSettings settings;
    private final HttpServer server;
    private final ExecutorService threads;
    private final HostPort address;
    private final Router router;
    private final Guard guard;
    private final Answers answers;
    private final Waiters waiters;
    private final Semaphore places;
    private volatile boolean stopping;
    private final List<Problem> warnings = new ArrayList<>();

    private ApiServer(ApiBackend backend, ApiSettings settings, HttpServer server, ApiToken token) {
        this.settings = settings;
        this.server = server;
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("api-", 0).factory());
        this.address =
                new HostPort(settings.listen().host(), server.getAddress().getPort());
        this.guard = new Guard(settings.listen(), token);
        this.answers = new Answers(backend.messages());
        this.waiters = new Waiters(backend.clock(), settings.limits().waiters());
        this.places = new Semaphore(settings.limits().requests());
        this.router = router(backend, settings.limits(), answers, waiters);
        if (token.renewed()) {
            warnings.add(Problem.of(ApiMessage.TOKEN_RENEWED, "file", settings.tokenFile()));
        }
        if (!settings.listen().loopback()) {
            warnings.add(Problem.of(ApiMessage.OPEN_ADDRESS, "address", address));
        }
    }

    private static Router router(ApiBackend backend, ApiLimits limits, Answers answers, Waiters waiters) {
        Commands commands = new Commands(backend.inbox(), answers, limits.command());
        List<Route> routes = new ArrayList<>();
        routes.addAll(new SystemRoutes(backend, answers, commands, limits).routes());
        routes.addAll(new UnitRoutes(backend, answers, commands).routes());
        routes.addAll(new RunRoutes(backend, answers, commands, waiters, limits).routes());
        routes.addAll(new TakenRoutes(backend, answers, waiters, limits).routes());
        MailRoutes mails = new MailRoutes(backend, answers, commands, limits);
        routes.addAll(mails.routes());
        routes.addAll(new OutboxRoutes(backend, answers, limits).routes());
        routes.addAll(new PruneRoutes(backend, commands, limits).routes());
        routes.addAll(new ReconcileRoutes(backend, answers, mails).routes());
        return new Router(routes);
    }

    /**
     * Listens, makes the token where there is none, and tells the address to the command line.
     *
     * @param backend what stands behind the API
     * @param settings where it listens
     * @return the server, or why it cannot listen
     */
    public static Result<ApiServer> start(ApiBackend backend, ApiSettings settings) {
        ServerLimits.apply();
        return ApiToken.ensure(settings.tokenFile()).then(token -> listen(backend, settings, token));
    }

    private static Result<ApiServer> listen(ApiBackend backend, ApiSettings settings, ApiToken token) {
        HostPort listen = settings.listen();
        try {
            InetAddress host = InetAddress.getByName(listen.host());
            HttpServer http = HttpServer.create(new InetSocketAddress(host, listen.port()), BACKLOG);
            ApiServer server = new ApiServer(backend, settings, http, token);
            return server.begin();
        } catch (BindException taken) {
            return Result.failed(ApiMessage.PORT_IN_USE, "address", listen, "reason", Reason.of(taken));
        } catch (UnknownHostException unknown) {
            return Result.failed(ApiMessage.CANNOT_LISTEN, "address", listen, "reason", Reason.of(unknown));
        } catch (IOException wrong) {
            return Result.failed(ApiMessage.CANNOT_LISTEN, "address", listen, "reason", Reason.of(wrong));
        }
    }

    private Result<ApiServer> begin() {
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
        Result<HostPort> told = ApiAddress.write(settings.addressFile(), address);
        if (told instanceof Result.Failed<HostPort>(Problem problem)) {
            close();
            return Result.failed(problem);
        }
        return Result.ok(this);
    }

    private void serve(HttpExchange http) {
        boolean place = places.tryAcquire();
        try (http) {
            Exchange exchange =
                    new Exchange(http, router, guard, answers, settings.limits().body());
            if (stopping) {
                exchange.refuse(Refusal.of(ApiMessage.STOPPING));
            } else if (place) {
                exchange.serve();
            } else {
                exchange.refuse(Refusal.of(
                        ApiMessage.TOO_MANY_REQUESTS, "limit", settings.limits().requests()));
            }
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, "a caller went away", gone);
        } catch (RuntimeException bug) {
            LOG.log(Level.ERROR, "a request ended by a bug", bug);
        } finally {
            if (place) {
                places.release();
            }
        }
    }

    /** {@return where it listens, with the port that was chosen} */
    public HostPort address() {
        return address;
    }

    /** {@return what its owner should know} */
    public List<Problem> warnings() {
        return List.copyOf(warnings);
    }

    /** Something was committed: requests that wait for events look again. Never needed, only quicker. */
    public void changed() {
        waiters.wake();
    }

    /** How many requests wait for events now. */
    int waiting() {
        return waiters.waiting();
    }

    /** The table of routes, for the comparison with {@code openapi.yaml}. */
    List<Route> routes() {
        return router.routes();
    }

    /** Takes no more requests, lets those that are under way end for a second, stops listening, removes the address file. */
    @Override
    public void close() {
        stopping = true;
        waiters.close();
        try {
            int all = settings.limits().requests();
            if (places.tryAcquire(all, STOP_SECONDS, TimeUnit.SECONDS)) {
                places.release(all);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
        threads.shutdownNow();
        ApiAddress.remove(settings.addressFile(), address);
    }
}
