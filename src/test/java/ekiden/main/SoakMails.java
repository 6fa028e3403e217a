package ekiden.main;

import ekiden.testing.DovecotServer;
import ekiden.testing.WireClient;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Puts mails into a mailbox, each once, and knows which: the server is only ended between two of them. Three of four are orders, the others nobody
 * wants. Safe from any thread.
 */
final class SoakMails {
    private static final int TRIES = 20;

    private final DovecotServer dovecot;
    private final ReadWriteLock handingOver = new ReentrantReadWriteLock();
    private final AtomicInteger last = new AtomicInteger();
    private final Set<String> orders = ConcurrentHashMap.newKeySet();
    private final Set<String> others = ConcurrentHashMap.newKeySet();
    private final Set<String> repeated = ConcurrentHashMap.newKeySet();

    SoakMails(DovecotServer dovecot) {
        this.dovecot = dovecot;
    }

    int count() {
        return orders.size() + others.size();
    }

    /** {@return the subjects of the mails that are wanted} */
    Set<String> orders() {
        return Set.copyOf(orders);
    }

    /** {@return the subjects of those that nobody wants} */
    Set<String> others() {
        return Set.copyOf(others);
    }

    /** {@return the subjects of mails that were handed over more than once, each time with another header, because the server said that it had failed} */
    Set<String> repeated() {
        return Set.copyOf(repeated);
    }

    private String next() {
        int number = last.incrementAndGet();
        return (number % 4 == 0 ? "lunch " : "order ") + number;
    }

    private void delivered(String subject) {
        (subject.startsWith("order") ? orders : others).add(subject);
    }

    private static String text(String subject, int tries) {
        return "Received: by try " + tries + "\r\nFrom: edi@customer.example\r\nTo: orders@example.jp\r\nSubject: "
                + subject + "\r\nMessage-ID: <"
                + subject.replace(' ', '-') + "@customer.example>\r\nDate: Fri, 27 Nov 2026 10:00:00 +0900\r\n\r\n"
                + "text of " + subject + "\r\n"
                + "0123456789 the quick brown fox jumps over the lazy dog\r\n"
                        .repeat(Math.floorMod(subject.hashCode(), 100));
    }

    /** One more, from another mail server. */
    void deliver() {
        handingOver.readLock().lock();
        try {
            String subject = next();
            String reply = dovecot.offer(ImapGround.USER, text(subject, 0));
            // "451 Mailbox was deleted under us", while its mails are numbered anew: a mail server comes again, and the
            // mail may be there already
            for (int tries = 1; reply.startsWith("4") && tries < TRIES; tries++) {
                repeated.add(subject);
                reply = dovecot.offer(ImapGround.USER, text(subject, tries));
            }
            if (!reply.startsWith("250")) {
                throw new AssertionError("Dovecot did not take the mail: " + reply + dovecot.told());
            }
            delivered(subject);
        } finally {
            handingOver.readLock().unlock();
        }
    }

    /** One more, put there by another client. */
    void append() {
        handingOver.readLock().lock();
        try {
            String subject = next();
            String reply = append(text(subject, 0));
            // "NO Mailbox was deleted under us", as above
            for (int tries = 1; reply.startsWith("b NO") && tries < TRIES; tries++) {
                repeated.add(subject);
                reply = append(text(subject, tries));
            }
            if (!reply.startsWith("b OK")) {
                throw new AssertionError("the mail was not taken: " + reply + dovecot.told());
            }
            delivered(subject);
        } finally {
            handingOver.readLock().unlock();
        }
    }

    private String append(String text) {
        try (WireClient imap = WireClient.connect(dovecot.imapPort())) {
            byte[] mail = text.getBytes(StandardCharsets.US_ASCII);
            imap.line();
            imap.imap("a", "LOGIN " + ImapGround.USER + " secret");
            imap.say("b APPEND INBOX {" + mail.length + "}");
            imap.line();
            imap.send(mail);
            imap.say("");
            String reply = imap.line();
            while (!reply.startsWith("b ")) {
                reply = imap.line();
            }
            return reply;
        }
    }

    /** Ends the server and starts it again. */
    void restart(Runnable meanwhile) {
        handingOver.writeLock().lock();
        try {
            dovecot.stop();
            meanwhile.run();
            dovecot.startAgain();
        } finally {
            handingOver.writeLock().unlock();
        }
    }
}
