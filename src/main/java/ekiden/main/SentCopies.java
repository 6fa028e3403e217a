package ekiden.main;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.disk.Disk;
import ekiden.mail.profile.SentCopy;
import ekiden.mail.send.MailSender;
import ekiden.mail.send.MaildirCopies;
import ekiden.mail.send.OutgoingMail;
import ekiden.mail.send.SendMessage;
import ekiden.mail.send.SendOutcome;
import ekiden.mail.send.SendProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps copies of the mails that profiles send. That one cannot be kept changes nothing for its mail; it is told until one can. Safe from any thread. */
final class SentCopies {
    /** What the keys of its alarms begin with. */
    static final String ALARM = "sent-copy/";

    private final Disk disk;
    private final Path home;
    private final Clock clock;
    private final Map<SentCopy, MaildirCopies> maildirs = new ConcurrentHashMap<>();
    private final Map<String, Problem> open = new ConcurrentHashMap<>();

    SentCopies(Disk disk, Path home, Clock clock) {
        this.disk = disk;
        this.home = home;
        this.clock = clock;
    }

    /** {@return what is wrong now, by the keys of its alarms} */
    Map<String, Problem> problems() {
        return new TreeMap<>(open);
    }

    /** {@return a sender that keeps a copy of what was accepted, for some or for all, or queued} */
    MailSender around(String profile, SentCopy copy, MailSender sender) {
        return new MailSender() {
            @Override
            public SendOutcome submit(OutgoingMail mail, SendProgress progress) {
                SendOutcome outcome = sender.submit(mail, progress);
                if (sent(outcome)) {
                    keep(profile, copy, mail);
                }
                return outcome;
            }

            @Override
            public int atOnce() {
                return sender.atOnce();
            }
        };
    }

    private static boolean sent(SendOutcome outcome) {
        return switch (outcome) {
            case SendOutcome.Accepted ignored -> true;
            case SendOutcome.PerRecipient ignored -> true;
            case SendOutcome.Queued ignored -> true;
            case SendOutcome.Refused ignored -> false;
            case SendOutcome.Failed ignored -> false;
            case SendOutcome.Uncertain ignored -> false;
        };
    }

    private void keep(String profile, SentCopy copy, OutgoingMail mail) {
        Path folder = home.resolve(copy.maildir());
        try {
            maildirs.computeIfAbsent(copy, made -> new MaildirCopies(disk, folder, made.age()))
                    .keep(mail, clock.now());
            open.remove(ALARM + profile);
        } catch (IOException failed) {
            open.put(
                    ALARM + profile,
                    Problem.of(
                            SendMessage.NO_SENT_COPY,
                            "profile",
                            profile,
                            "folder",
                            folder,
                            "messageId",
                            mail.messageId(),
                            "reason",
                            Reason.of(failed)));
        }
    }
}
