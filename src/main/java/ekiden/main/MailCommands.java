package ekiden.main;

import ekiden.base.Clock;
import ekiden.mail.profile.Send;
import ekiden.mail.send.sendmail.SendmailLimits;
import ekiden.mail.send.sendmail.SendmailSender;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One sender for each profile that hands its mails to the machine's mail command. Safe from any thread. */
final class MailCommands {
    private final Clock clock;
    private final Map<Send.Sendmail, SendmailSender> senders = new ConcurrentHashMap<>();

    MailCommands(Clock clock) {
        this.clock = clock;
    }

    SendmailSender of(Send.Sendmail settings) {
        return senders.computeIfAbsent(
                settings,
                all -> new SendmailSender(
                        all, clock, SendmailLimits.DEFAULT, Path.of(System.getProperty("java.io.tmpdir", "/tmp"))));
    }
}
