package ekiden.testing;

import ekiden.base.HostPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Postfix of its own: settings, queue and log in a temporary folder, a free port of 127.0.0.1. It takes mail for any
 * address and hands all of it to one place. What that place refuses for now it tries again every second or two.
 *
 * <p>Postfix has to be started by root; the machine's own Postfix, if there is one, is not touched. Safe from any thread.
 */
public final class PostfixServer implements AutoCloseable {
    private static final Duration START_WITHIN = Duration.ofSeconds(60);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);
    private static final int STARTS = 3;
    private static final String LOG = "log/postfix.log";

    /** What to start. */
    public static final class Plan {
        private final Map<String, String> settings = new LinkedHashMap<>();
        private boolean tls;

        private Plan(String transport) {
            settings.put("default_transport", transport);
            settings.put("relay_transport", transport);
            settings.put("local_transport", transport);
            settings.put("virtual_transport", transport);
        }

        /** Any setting of {@code main.cf}, for example {@code message_size_limit}. {@return this} */
        public Plan set(String name, String value) {
            settings.put(name, value);
            return this;
        }

        /** Offers STARTTLS, with {@link PostfixServer#certificate}. {@return this} */
        public Plan tls() {
            tls = true;
            return this;
        }

        /** Takes mail only after AUTH, with the users of that Dovecot. {@return this} */
        public Plan login(DovecotServer users) {
            return set("smtpd_sasl_auth_enable", "yes")
                    .set("smtpd_sasl_type", "dovecot")
                    .set("smtpd_sasl_path", users.authSocket().toString())
                    .set("smtpd_sasl_security_options", "noanonymous")
                    .set("mynetworks", "")
                    .set("smtpd_relay_restrictions", "permit_sasl_authenticated, reject")
                    .set("smtpd_recipient_restrictions", "permit_sasl_authenticated, reject");
        }

        /** Starts it. {@return a server that answers} */
        public PostfixServer start() {
            Programs.need(Program.POSTFIX);
            if (!ServerFolder.root()) {
                throw new AssertionError("Postfix is started by root only, and this process is not root");
            }
            ServerFolder folder = new ServerFolder("postfix");
            try {
                return new PostfixServer(folder, this);
            } catch (RuntimeException | AssertionError broken) {
                folder.close();
                throw broken;
            }
        }
    }

    private final ServerFolder folder;
    private final @Nullable ServerCertificate certificate;
    private int port;
    private ProcessHandle master;

    private PostfixServer(ServerFolder folder, Plan plan) {
        this.folder = folder;
        folder.folder("etc", null);
        folder.folder("log", null);
        folder.folder("queue", null);
        folder.folder("data", "postfix");
        certificate = plan.tls ? ServerCertificate.make(folder) : null;
        folder.write("etc/main.cf", mainSettings(plan.settings));
        port = Ports.free();
        master = launch();
    }

    /** Hands every mail on by SMTP. {@return what to start} */
    public static Plan smtpTo(HostPort target) {
        return new Plan("smtp:[" + target.host() + "]:" + target.port());
    }

    /** Hands every mail on by LMTP. {@return what to start} */
    public static Plan lmtpTo(HostPort target) {
        return new Plan("lmtp:inet:[" + target.host() + "]:" + target.port());
    }

    /** Takes every mail, forces it to disk and throws it away. {@return what to start} */
    public static Plan discarding() {
        return new Plan("discard:");
    }

    private String mainSettings(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("compatibility_level", "3.6");
        all.put("queue_directory", folder.path("queue").toString());
        all.put("data_directory", folder.path("data").toString());
        all.put("maillog_file", folder.path(LOG).toString());
        all.put("maillog_file_prefixes", folder.path().toString());
        all.put("myhostname", "mx.ekiden.test");
        all.put("mydestination", "");
        all.put("mynetworks", "127.0.0.0/8");
        all.put("inet_interfaces", "127.0.0.1");
        all.put("inet_protocols", "ipv4");
        all.put("alias_maps", "");
        all.put("alias_database", "");
        all.put("local_recipient_maps", "");
        all.put("smtpd_relay_restrictions", "permit_mynetworks, reject");
        all.put("smtpd_peername_lookup", "no");
        all.put("smtp_dns_support_level", "disabled");
        all.put("smtpd_client_connection_count_limit", "0");
        all.put("in_flow_delay", "0");
        all.put("mailbox_size_limit", "0");
        all.put("message_size_limit", "0");
        // What is refused for now comes again soon: a test waits for seconds, not for minutes.
        all.put("queue_run_delay", "1s");
        all.put("minimal_backoff_time", "1s");
        all.put("maximal_backoff_time", "2s");
        all.put("transport_retry_time", "1s");
        all.put("default_destination_concurrency_failed_cohort_limit", "0");
        ServerCertificate own = certificate;
        if (own != null) {
            all.put("smtpd_tls_chain_files", own.key() + ", " + own.certificate());
            all.put("smtpd_tls_security_level", "may");
        }
        all.putAll(more);
        StringBuilder text = new StringBuilder();
        all.forEach(
                (name, value) -> text.append(name).append(" = ").append(value).append('\n'));
        return text.toString();
    }

    private String services() {
        return """
            127.0.0.1:%d inet n - n - 100 smtpd
            pickup unix n - n 1 1 pickup
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 1 1 qmgr
            tlsmgr unix - - n 1000? 1 tlsmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            verify unix - - n - 1 verify
            flush unix n - n 1000? 0 flush
            proxymap unix - - n - - proxymap
            showq unix n - n - - showq
            error unix - - n - - error
            retry unix - - n - - error
            discard unix - - n - - discard
            smtp unix - - n - - smtp
            lmtp unix - - n - - lmtp
            anvil unix - - n - 1 anvil
            scache unix - - n - 1 scache
            postlog unix-dgram n - n - 1 postlogd
            """.formatted(port);
    }

    private ProcessHandle launch() {
        for (int start = 1; ; start++) {
            folder.write("etc/master.cf", services());
            try {
                postfix("start");
                ProcessHandle started = Eventually.value(ANSWERS_WITHIN, this::told, this::running);
                ChildProcess.keep(started);
                Eventually.within(ANSWERS_WITHIN, () -> "Postfix answers" + told(), () -> Ports.answers(port));
                return started;
            } catch (AssertionError broken) {
                running().ifPresent(PostfixServer::end);
                if (start == STARTS || !folder.log(LOG).contains("Address already in use")) {
                    throw new AssertionError(broken.getMessage() + told(), broken);
                }
                port = Ports.free();
            }
        }
    }

    /** The command returns when the server runs; its words go to a file, because the server keeps them open. */
    private void postfix(String word) {
        ProcessBuilder command = new ProcessBuilder(
                "sh",
                "-c",
                "exec \"$0\" -c \"$1\" \"$2\" >\"$3\" 2>&1",
                Programs.path(Program.POSTFIX).toString(),
                folder.path("etc").toString(),
                word,
                folder.path("log/postfix.start").toString());
        command.environment().put("MAIL_CONFIG", folder.path("etc").toString());
        ChildProcess.run("postfix " + word, command, START_WITHIN);
    }

    /** The master writes its id down, with blanks before it. */
    private Optional<ProcessHandle> running() {
        Path file = folder.path("queue/pid/master.pid");
        try {
            String text = Files.exists(file)
                    ? Files.readString(file, StandardCharsets.US_ASCII).strip()
                    : "";
            return text.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(text)).filter(PostfixServer::isMaster);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The id may be another process's by now. */
    private static boolean isMaster(ProcessHandle handle) {
        return handle.isAlive()
                && handle.info().command().filter(c -> c.endsWith("/master")).isPresent();
    }

    private static void end(ProcessHandle handle) {
        ChildProcess.signal(handle.pid(), "TERM");
        ChildProcess.end(handle);
    }

    /** {@return its port of 127.0.0.1} */
    public int port() {
        return port;
    }

    /** {@return a mail command that hands mails to this server, beside one that lists its queue; for root} */
    public Path sendmail() {
        Path command = folder.path("bin/sendmail");
        if (!Files.exists(command)) {
            folder.folder("bin", null);
            script("sendmail", "-C");
            script("postqueue", "-c");
        }
        return command;
    }

    private void script(String program, String option) {
        Path file = folder.path("bin").resolve(program);
        String real = Programs.path(Program.POSTFIX).resolveSibling(program).toString();
        folder.write(
                "bin/" + program, "#!/bin/sh\nexec " + real + " " + option + " " + folder.path("etc") + " \"$@\"\n");
        if (!file.toFile().setExecutable(true, false)) {
            throw new AssertionError(file + " cannot be made executable");
        }
    }

    /** {@return the file that it logs to} */
    public Path log() {
        return folder.path(LOG);
    }

    /** {@return the process id of its master} */
    public synchronized long pid() {
        return master.pid();
    }

    /** {@return what a client has to trust} */
    public ServerCertificate certificate() {
        if (certificate == null) {
            throw new IllegalStateException("started without tls()");
        }
        return certificate;
    }

    /** {@return how many mails it has taken and not yet handed on} */
    public int waiting() {
        return Stream.of("maildrop", "incoming", "active", "deferred")
                .mapToInt(queue -> files(folder.path("queue").resolve(queue)))
                .sum();
    }

    private static int files(Path queue) {
        int count = 0;
        java.io.File[] children = queue.toFile().listFiles();
        if (children != null) {
            for (java.io.File child : children) {
                count += child.isDirectory() ? files(child.toPath()) : 1;
            }
        }
        return count;
    }

    /** Ends it; what it has taken stays in its queue. */
    public synchronized void stop() {
        end(master);
    }

    /** Starts it again after {@link #stop}, on the same port with the same queue. */
    public synchronized void startAgain() {
        if (isMaster(master)) {
            throw new IllegalStateException("it runs");
        }
        master = launch();
    }

    /** {@return what it said last, for the message of a failure} */
    public String told() {
        return "\n--- Postfix said:\n" + folder.log("log/postfix.start") + folder.log(LOG) + "\n---";
    }

    /** Ends it and removes its queue. */
    @Override
    public synchronized void close() {
        end(master);
        folder.close();
    }
}
