package ekiden.main;

import ekiden.base.Problem;
import ekiden.mail.receive.smtpd.SmtpdListener;
import ekiden.mail.receive.smtpd.SmtpdMessage;
import ekiden.mail.spool.SpoolMessage;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What happens at the listeners, as alarms and as lines of the trace log. Safe from any thread. */
final class ListenerAlarms implements SmtpdListener {
    private static final String SPOOL = "disk/spool";
    private static final String TOO_LARGE = "smtpd/too-large";
    private static final Set<String> DISK =
            Set.of(SpoolMessage.DISK_FULL.id(), SpoolMessage.NOT_WRITABLE.id(), SpoolMessage.NOT_READABLE.id());

    private final Speaker speaker;
    private final SmtpdListener also;
    private volatile @Nullable AlarmDesk desk;

    /**
     * @param speaker says it
     * @param also hears it, too
     */
    ListenerAlarms(Speaker speaker, SmtpdListener also) {
        this.speaker = speaker;
        this.also = also;
    }

    /** Alarms go there; called before any listener is started. */
    void goTo(AlarmDesk to) {
        desk = to;
    }

    private AlarmDesk desk() {
        return Objects.requireNonNull(desk);
    }

    @Override
    public void listening(InetSocketAddress at) {
        speaker.notes(Problem.of(SmtpdMessage.LISTENING, "host", at.getHostString(), "port", at.getPort()));
        also.listening(at);
    }

    @Override
    public void connected(String client) {
        also.connected(client);
    }

    @Override
    public void endOfData(String place, long nanos) {
        also.endOfData(place, nanos);
    }

    @Override
    public void stored(String place) {
        desk().clear(SPOOL);
        also.stored(place);
    }

    @Override
    public void problem(Problem problem) {
        speaker.notes(problem);
        if (DISK.contains(problem.id())) {
            desk().raise(SPOOL, problem);
        } else if (problem.id().equals(SmtpdMessage.MAIL_TOO_LARGE.id())) {
            desk().happened(TOO_LARGE, problem);
        }
        also.problem(problem);
    }
}
