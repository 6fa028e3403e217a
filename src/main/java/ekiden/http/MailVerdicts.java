package ekiden.http;

import ekiden.definition.UnfilledConditions;
import ekiden.mail.match.MatchResult;
import ekiden.mail.match.MatchResult.Judgement;
import ekiden.mail.match.Matcher;
import ekiden.mail.match.TestedMail;
import ekiden.model.definition.Job;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.MailFacts;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.Surroundings;
import ekiden.model.run.Watch;
import ekiden.store.Definitions;
import ekiden.store.Transaction;
import java.util.ArrayList;
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
    record Facts(
            CatalogueMail mail, Set<String> takers, List<Watch> watches, List<Jobnet> defined, Optional<UUID> home) {
        /** With definitions where a job is named: they are asked where nothing of that name waits. */
        static Optional<Facts> of(Transaction tx, long id, @Nullable String job) {
            return tx.mails()
                    .find(id)
                    .map(mail -> new Facts(
                            mail,
                            tx.claims().of(id).stream()
                                    .map(claim -> claim.watch())
                                    .collect(Collectors.toSet()),
                            tx.watches().on(mail.identity().mailbox()),
                            job == null
                                    ? List.of()
                                    : tx.definitions().list().stream()
                                            .map(Definitions.Definition::jobnet)
                                            .toList(),
                            tx.owner().find()));
        }
    }

    /** Of all watches, or of those of one job, which is called by its jobnet, by its own name, or by both. */
    List<Views.WatchVerdict> of(Facts facts, @Nullable String job) {
        TestedMail tested = tested(facts);
        List<Views.WatchVerdict> waiting = facts.watches().stream()
                .filter(watch -> job == null || isOf(watch.unit(), job(watch), job))
                .map(watch -> verdict(watch, facts, Matcher.test(watch.rule().conditions(), tested)))
                .toList();
        return job == null || !waiting.isEmpty() ? waiting : notWaiting(facts, tested, job);
    }

    private static @Nullable String job(Watch watch) {
        return watch.attempt() == null ? null : watch.attempt().job();
    }

    private static boolean isOf(String unit, @Nullable String job, String name) {
        boolean own = job != null && (name.equals(job) || name.equals(unit + "/" + job));
        return own || name.equals(unit);
    }

    /** What those would say that are defined for the mailbox, but do not wait now. */
    private static List<Views.WatchVerdict> notWaiting(Facts facts, TestedMail tested, String name) {
        List<Views.WatchVerdict> verdicts = new ArrayList<>();
        for (Jobnet jobnet : facts.defined()) {
            String unit = jobnet.name().value();
            for (Job job : jobnet.jobs()) {
                boolean meant = job.work() instanceof ReceiveMail receive
                        && receive.profile().equals(facts.mail().identity().mailbox())
                        && isOf(unit, job.name(), name);
                if (meant && job.work() instanceof ReceiveMail receive) {
                    verdicts.add(notWaiting(unit, job.name(), receive, tested));
                }
            }
        }
        return verdicts;
    }

    private static Views.WatchVerdict notWaiting(String unit, String job, ReceiveMail rule, TestedMail tested) {
        MatchResult result = Matcher.test(UnfilledConditions.known(rule.conditions()), tested);
        return new Views.WatchVerdict("", unit, job, "NOT_WAITING", missed(result), views(result));
    }

    private static List<String> missed(MatchResult result) {
        return result.missed().stream()
                .map(one -> one.field().name())
                .distinct()
                .toList();
    }

    private static List<Views.ConditionView> views(MatchResult result) {
        return result.judgements().stream().map(MailVerdicts::view).toList();
    }

    /** A mail whose bytes cannot be had is known by its row. */
    private TestedMail tested(Facts facts) {
        CatalogueMail mail = facts.mail();
        String mailbox = mail.identity().mailbox();
        Surroundings surroundings = new Surroundings(
                facts.home().map(Surroundings::domainOf).orElse(null),
                bytes.believed(mailbox).orElse(null));
        RawMail raw = mail.raw();
        Optional<TestedMail> read = raw == null ? Optional.empty() : bytes.read(mailbox, raw, mail.received());
        return read.map(whole -> whole.noted(mail.summary().facts()).within(mail.sender(), surroundings))
                .orElseGet(() -> TestedMail.catalogue(mail.summary(), mail.size(), mail.sender(), surroundings));
    }

    private static Views.WatchVerdict verdict(Watch watch, Facts facts, MatchResult result) {
        return new Views.WatchVerdict(
                watch.id(), watch.unit(), job(watch), word(watch, facts, result), missed(result), views(result));
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
