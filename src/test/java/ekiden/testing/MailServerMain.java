package ekiden.testing;

import ekiden.base.HostPort;
import ekiden.testing.imap.ImapFault;
import ekiden.testing.imap.ScriptedImapServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code ./dev mail-server}: a Postfix that delivers into a Dovecot, both on the loopback address, until Ctrl-C. With {@code --faults} an IMAP server
 * that does these things wrong.
 */
public final class MailServerMain {
    private static final String PASSWORD = "pass";

    private MailServerMain() {}

    /**
     * @param args names of users; {@code taro} and {@code hanako} without any; or {@code --faults LIST [--seed N]}
     */
    public static void main(String[] args) throws InterruptedException, IOException {
        if (args.length > 1 && args[0].equals("--faults")) {
            try {
                long seed = args.length > 3 && args[2].equals("--seed") ? Long.parseLong(args[3]) : -1;
                faulty(Stream.of(args[1].split(",")).map(ImapFault::of).toList(), seed);
            } catch (IllegalArgumentException unknown) {
                usage();
            }
            return;
        }
        if (List.of(args).stream().anyMatch(word -> word.startsWith("-"))) {
            usage();
            return;
        }
        String[] users = args.length > 0 ? args : new String[] {"taro", "hanako"};
        DovecotServer.Plan plan = DovecotServer.plan().tls();
        for (String user : users) {
            plan.user(user, PASSWORD);
        }
        DovecotServer dovecot = plan.start();
        PostfixServer postfix = PostfixServer.lmtpTo(new HostPort("127.0.0.1", dovecot.lmtpPort()))
                .tls()
                .start();
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            postfix.close();
            dovecot.close();
            ended.countDown();
        }));
        System.out.printf(
                """
                smtp   127.0.0.1:%d (STARTTLS), takes mail for USER@anything
                imap   127.0.0.1:%d (STARTTLS), imaps 127.0.0.1:%d
                pop3   127.0.0.1:%d (STARTTLS), pop3s 127.0.0.1:%d
                lmtp   127.0.0.1:%d
                users  %s, password %s
                trust  %s
                Ctrl-C ends both and removes their mail.
                """,
                postfix.port(),
                dovecot.imapPort(),
                dovecot.imapsPort(),
                dovecot.pop3Port(),
                dovecot.pop3sPort(),
                dovecot.lmtpPort(),
                String.join(", ", users),
                PASSWORD,
                dovecot.certificate().certificate());
        ended.await();
    }

    private static void usage() {
        String faults = Stream.of(ImapFault.values())
                .map(fault -> fault.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(" "));
        System.err.println(
                "usage: ./dev mail-server [USER...] | --faults FAULT[,FAULT...] [--seed N]\nfaults: " + faults);
        System.exit(2);
    }

    /** With a seed each fault strikes at about one command in ten, without at every one. */
    private static void faulty(List<ImapFault> faults, long seed) throws IOException {
        try (ScriptedImapServer server = ScriptedImapServer.start();
                BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (int i = 0; i < faults.size(); i++) {
                if (seed < 0) {
                    server.script().always(faults.get(i));
                } else {
                    server.script().sometimes(faults.get(i), seed + i, 10);
                }
            }
            System.out.printf("""
                    imap   127.0.0.1:%d, user taro, password secret
                    Each line that you type arrives as a mail with that subject; the end of the input ends the server.
                    """, server.port());
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String mail = "From: hanako@ekiden.test\r\nSubject: " + line + "\r\n\r\n" + line + "\r\n";
                server.inbox().deliver(mail.getBytes(StandardCharsets.UTF_8), Instant.now());
            }
        }
    }
}
