package ekiden.http;

import ekiden.mail.match.MatchResult;
import ekiden.mail.match.MatchResult.Judgement;
import ekiden.mail.match.Matcher;
import ekiden.mail.match.TestedMail;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.MailFacts;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.Surroundings;
import ekiden.model.run.Watch;
import ekiden.store.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What each watch says of one mail. Where its bytes are here they are asked, otherwise the catalogue and what it has noted when the mail was read. */
final class MailVerdicts {
    private final StoredBytes bytes;

    MailVerdicts(StoredBytes bytes) {
        this.bytes = bytes;
    }

    /** What the store says of a mail. */
    record Facts(CatalogueMail mail, Set<String> takers, List<Watch> watches, Optional<UUID> home) {
        static Optional<Facts> of(Transaction tx, long id) {
            return tx.mails()
                    .find(id)
                    .map(mail -> new Facts(
                            mail,
                            tx.claims().of(id).stream()
                                    .map(claim -> claim.watch())
                                    .collect(Collectors.toSet()),
                            tx.watches().on(mail.identity().mailbox()),
                            tx.owner().find()));
        }
    }

    /** Of all watches, or of those of one job, which is called by its jobnet, by its own name, or by both. */
    List<Views.WatchVerdict> of(Facts facts, @Nullable String job) {
        TestedMail tested = tested(facts);
        return facts.watches().stream()
                .filter(watch -> job == null || isOf(watch, job))
                .map(watch -> verdict(watch, facts, Matcher.test(watch.rule().conditions(), tested)))
                .toList();
    }

    private static boolean isOf(Watch watch, String name) {
        String job = watch.attempt() == null ? null : watch.attempt().job();
        boolean own = job != null && (name.equals(job) || name.equals(watch.unit() + "/" + job));
        return own || name.equals(watch.unit());
    }

    /** A mail whose bytes cannot be had is known by its row. */
    private TestedMail tested(Facts facts) {
        CatalogueMail mail = facts.mail();
        Surroundings surroundings =
                new Surroundings(facts.home().map(Surroundings::domainOf).orElse(null), null);
        RawMail raw = mail.raw();
        Optional<TestedMail> read = raw == null ? Optional.empty() : bytes.read(raw);
        return read.map(whole -> whole.noted(mail.summary().facts()).within(mail.sender(), surroundings))
                .orElseGet(() -> TestedMail.catalogue(mail.summary(), mail.size(), mail.sender(), surroundings));
    }

    private static Views.WatchVerdict verdict(Watch watch, Facts facts, MatchResult result) {
        List<String> lists = result.missed().stream()
                .map(one -> one.field().name())
                .distinct()
                .toList();
        String job = watch.attempt() == null ? null : watch.attempt().job();
        return new Views.WatchVerdict(
                watch.id(),
                watch.unit(),
                job,
                word(watch, facts, result),
                lists,
                result.judgements().stream().map(MailVerdicts::view).toList());
    }

    private static String word(Watch watch, Facts facts, MatchResult result) {
        if (facts.takers().contains(watch.id())) {
            return "TAKEN";
        }
        CatalogueMail mail = facts.mail();
        MailFacts noted = mail.summary().facts();
        boolean streamed = watch.joined() && watch.testedUpTo() < mail.id();
        return switch (result.verdict()) {
            case MISSED -> "NO_MATCH";
            case MET -> tested(watch, mail) ? "NOT_TAKEN" : "NOT_TESTED";
            case OPEN -> {
                boolean missed = streamed && noted != null && !noted.mayHaveMatched(watch.id());
                yield missed ? "NO_MATCH" : tested(watch, mail) ? "NOT_TAKEN" : "NOT_TESTED";
            }
        };
    }

    private static boolean tested(Watch watch, CatalogueMail mail) {
        return watch.joined() || watch.testedUpTo() >= mail.id();
    }

    static Views.ConditionView view(Judgement judgement) {
        MatchResult.Parted parted = judgement.parted();
        return new Views.ConditionView(
                judgement.field().name(),
                judgement.name(),
                judgement.verdict().name(),
                judgement.wanted(),
                judgement.seen(),
                parted == null ? null : new Views.PartedView(parted.wanted(), parted.agreed(), parted.instead()));
    }
}
