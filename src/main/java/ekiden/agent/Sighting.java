package ekiden.agent;

import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.link.Report;
import ekiden.mail.match.TestedMail;
import ekiden.mail.match.WatchSet;
import ekiden.mail.mime.BounceReader;
import ekiden.mail.receive.Glimpse;
import ekiden.mail.receive.ReaderSettings;
import ekiden.mail.receive.ReaderSettings.SameContent;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.model.mail.HeaderValues;
import ekiden.model.mail.MailIdentity;
import ekiden.model.mail.MailSummary;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.Sameness;
import ekiden.model.mail.Surroundings;
import ekiden.model.mail.Trace;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One mail of a folder on its way to a verdict. Belongs to the reader's strand. */
final class Sighting {
    /** Bytes of a mail that is fetched only because it may say something about another one. */
    static final long MOST_BOUNCE = 1 << 20;

    final MailIdentity identity;
    final Glimpse glimpse;
    final Trace trace;
    private final @Nullable MailSummary header;
    private final @Nullable HeaderValues fields;
    private final ReaderSettings settings;
    private @Nullable RawMail raw;
    private @Nullable WholeMail opened;
    private long size;
    private boolean anySize;
    private boolean putOff;
    private @Nullable Problem unproved;

    /** One of which the catalogue knows something, or of which nothing is known. */
    Sighting(MailIdentity identity, Glimpse glimpse, @Nullable MailSummary header, ReaderSettings settings) {
        this(identity, glimpse, header, null, settings);
    }

    /** One of which the header is here, where it can be read. */
    static Sighting of(MailIdentity identity, Glimpse glimpse, Opener.@Nullable Head head, ReaderSettings settings) {
        return head == null
                ? new Sighting(identity, glimpse, null, settings)
                : new Sighting(identity, glimpse, head.summary(), head.fields(), settings);
    }

    private Sighting(
            MailIdentity identity,
            Glimpse glimpse,
            @Nullable MailSummary header,
            @Nullable HeaderValues fields,
            ReaderSettings settings) {
        this.identity = identity;
        this.glimpse = glimpse;
        this.trace = glimpse.trace();
        this.size = glimpse.size();
        this.header = header;
        this.fields = fields;
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
        return !anySize && size > settings.maxSize();
    }

    /** A person lets it in, however large it is. {@return this} */
    Sighting ofAnySize() {
        anySize = true;
        return this;
    }

    /** The server begins to hand it out, and it may be larger than it said. */
    void handedOut(long bytes) {
        size = Math.max(size, bytes);
    }

    /** Somebody else read it first. */
    boolean seen() {
        return settings.unreadOnly() && glimpse.seen();
    }

    /** Whether its bytes are needed to decide, or because it is wanted already. */
    boolean wantsBody(WatchLists.Known watches) {
        return !tooLarge() && !seen() && (header == null || mayBounce(header) || mayMatch(header, watches));
    }

    /** What it says may belong to a job that sent a mail, whether or not a watch wants it. */
    private boolean mayBounce(MailSummary known) {
        return fields != null && glimpse.size() <= MOST_BOUNCE && BounceReader.mayBe(fields, known.from());
    }

    private boolean mayMatch(MailSummary known, WatchLists.Known watches) {
        return watches.set().mayMatch(TestedMail.header(known, fields, glimpse.size(), watches.surroundings()));
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

    Origin origin() {
        return new Origin(identity.mailbox(), glimpse.received());
    }

    /** Why it was not judged although its bytes are here and can be read: whether it is from whom it says is not known yet. Null where it was. */
    @Nullable
    Problem unproved() {
        return unproved;
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

    /** What conditions look at, verified as far as questions may be asked, and read again where it was too large to be kept; or why that cannot be had now. */
    Result<TestedMail> tested(Opener opener, Surroundings surroundings, BooleanSupplier mayAsk) {
        WholeMail read = opened;
        TestedMail mail = read == null ? null : read.tested();
        RawMail where = raw;
        if (mail == null && where != null) {
            WholeMail again = opener.read(where, origin());
            mail = again.tested();
            if (again.problem() != null) {
                return Result.failed(again.problem());
            }
        }
        return mail == null
                ? Result.failed(opener.noRoom())
                : Result.ok(mail.within(null, surroundings).asking(mayAsk));
    }

    /**
     * What is reported of it, or why it cannot be judged now: a text that cannot be had is not an empty one. Its bytes are named wherever they are here, also where nothing matches now: an earlier report of the same mail, whose
     * answer was lost, may have been taken, and only by the name can the manager say that they are needed.
     *
     * @param mayAsk whether a question may be asked to know from whom it is
     */
    Result<Report.Found> found(WatchLists.Known watches, Opener opener, BooleanSupplier mayAsk) {
        WholeMail read = opened;
        Problem problem = tooLarge() ? tooLargeProblem() : read == null ? null : read.problem();
        MailSummary known = header == null ? MailSummary.UNREADABLE : header;
        if (problem != null) {
            return Result.ok(found(read == null ? known : unread(known, read), problem, watches, List.of()));
        }
        if (read == null) {
            return Result.ok(found(known, null, watches, List.of()));
        }
        return switch (tested(opener, watches.surroundings(), mayAsk)) {
            case Result.Ok<TestedMail>(TestedMail mail) -> judged(read, mail, watches, opener);
            case Result.Failed<TestedMail>(Problem wrong)
            when wrong.kind() == MessageId.Kind.RETRYABLE -> Result.failed(wrong);
            case Result.Failed<TestedMail>(Problem wrong) ->
                Result.ok(found(unread(known, read), wrong, watches, List.of()));
        };
    }

    private Result<Report.Found> judged(WholeMail read, TestedMail mail, WatchLists.Known watches, Opener opener) {
        WatchSet.Matching matching = watches.set().find(mail);
        unproved = matching.open() ? mail.unproved() : null;
        return matching.open()
                ? Result.failed(unproved == null ? opener.noRoom() : unproved)
                : Result.ok(found(
                        read.summary().with(mail.facts().matching(matching.ids())), null, watches, matching.ids()));
    }

    /** How it came is known also of one that cannot be read. */
    private static MailSummary unread(MailSummary known, WholeMail read) {
        return known.received(read.summary().receipt());
    }

    private Report.Found found(
            MailSummary summary, @Nullable Problem problem, WatchLists.Known watches, List<String> matches) {
        return new Report.Found(
                identity,
                raw,
                glimpse.received(),
                null,
                null,
                settings.sameContent() == SameContent.JOIN ? Sameness.UID_OR_CONTENT : Sameness.UID,
                trace,
                seen(),
                summary,
                problem,
                watches.version(),
                matches);
    }

    private Problem tooLargeProblem() {
        return Problem.of(ReceiveMessage.TOO_LARGE, "mail", identity, "size", size, "limit", settings.maxSize());
    }
}
