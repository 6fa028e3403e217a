package ekiden.agent;

import ekiden.base.Problem;
import ekiden.link.Report;
import ekiden.mail.match.WatchSet;
import ekiden.mail.receive.Glimpse;
import ekiden.mail.receive.ReaderSettings;
import ekiden.mail.receive.ReaderSettings.SameContent;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.model.mail.MailIdentity;
import ekiden.model.mail.MailSummary;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.Sameness;
import ekiden.model.mail.Trace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One mail of a folder on its way to a verdict. Belongs to the reader's strand. */
final class Sighting {
    final MailIdentity identity;
    final Glimpse glimpse;
    final Trace trace;
    private final @Nullable MailSummary header;
    private final ReaderSettings settings;
    private @Nullable RawMail raw;
    private @Nullable WholeMail opened;
    private boolean putOff;

    Sighting(MailIdentity identity, Glimpse glimpse, @Nullable MailSummary header, ReaderSettings settings) {
        this.identity = identity;
        this.glimpse = glimpse;
        this.trace = glimpse.trace();
        this.header = header;
        this.settings = settings;
    }

    @Nullable
    RawMail raw() {
        return raw;
    }

    @Nullable
    WholeMail opened() {
        return opened;
    }

    boolean tooLarge() {
        return glimpse.size() > settings.maxSize();
    }

    /** Somebody else read it first. */
    boolean seen() {
        return settings.unreadOnly() && glimpse.seen();
    }

    /** Whether its bytes are needed to decide, or because it is wanted already. */
    boolean wantsBody(WatchSet watches) {
        return !tooLarge() && !seen() && (header == null || watches.mayMatch(header));
    }

    void fetched(RawMail where, WholeMail read) {
        raw = where;
        opened = read;
    }

    /** Its bytes are not asked for now: the budget of its server is used up. */
    void putOff() {
        putOff = true;
    }

    boolean isPutOff() {
        return putOff;
    }

    /** Why its bytes, which are here, cannot be read now; null where they can. */
    @Nullable
    Problem notNow() {
        WholeMail read = opened;
        return read != null && read.notNow() ? read.problem() : null;
    }

    /** Whether what came is what was announced. */
    boolean isAsAnnounced() {
        MailSummary before = header;
        return before == null
                || opened == null
                || opened.problem() != null
                || before.messageId() == null
                || before.messageId().equals(opened.summary().messageId());
    }

    /** The body text, read again where it was too long to be kept. */
    String text(Opener opener) {
        WholeMail read = opened;
        RawMail where = raw;
        String text = read == null ? "" : read.text();
        if (text == null && where != null) {
            text = opener.read(where).text();
        }
        return text == null ? "" : text;
    }

    /**
     * What is reported of it. Its bytes are named wherever they are here, also where nothing matches now: an earlier report of the same mail, whose
     * answer was lost, may have been taken, and only by the name can the manager say that they are needed.
     */
    Report.Found found(WatchLists.Known watches, Opener opener) {
        WholeMail read = opened;
        Problem problem = tooLarge() ? tooLargeProblem() : read == null ? null : read.problem();
        List<String> matches =
                read == null || problem != null ? List.of() : watches.set().matching(read.summary(), text(opener));
        MailSummary known = header == null ? MailSummary.UNREADABLE : header;
        return new Report.Found(
                identity,
                raw,
                glimpse.received(),
                null,
                null,
                settings.sameContent() == SameContent.JOIN ? Sameness.UID_OR_CONTENT : Sameness.UID,
                trace,
                seen(),
                read == null
                        ? known
                        : read.problem() == null
                                ? read.summary()
                                : known.received(read.summary().receipt()),
                problem,
                watches.version(),
                matches);
    }

    private Problem tooLargeProblem() {
        return Problem.of(
                ReceiveMessage.TOO_LARGE, "mail", identity, "size", glimpse.size(), "limit", settings.maxSize());
    }
}
