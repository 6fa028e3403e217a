package ekiden.testing;

import ekiden.base.HostPort;
import java.util.concurrent.CountDownLatch;

/** {@code ./dev mail-server}: a Postfix that delivers into a Dovecot, both on the loopback address, until Ctrl-C. */
public final class MailServerMain {
    private static final String PASSWORD = "pass";

    private MailServerMain() {}

    /**
     * @param args names of users; {@code taro} and {@code hanako} without any
     */
    public static void main(String[] args) throws InterruptedException {
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
}
