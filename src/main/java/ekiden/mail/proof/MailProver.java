package ekiden.mail.proof;

import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.mail.dkim.DkimLimits;
import ekiden.mail.dkim.DkimResult;
import ekiden.mail.dkim.DkimResult.Outcome;
import ekiden.mail.dkim.DkimVerifier;
import ekiden.mail.dkim.TxtRecords;
import ekiden.mail.match.MatchResult.Verdict;
import ekiden.mail.match.Matcher;
import ekiden.mail.match.Prover;
import ekiden.mail.mime.MimeMessage;
import ekiden.mail.mime.RawSource;
import ekiden.mail.mime.Signature;
import ekiden.model.definition.Proof;
import ekiden.model.mail.Address;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Verifies one mail; each proof when it is asked for first. Belongs to one thread. */
public final class MailProver implements Prover {
    private final Claim claim;
    private final TxtRecords records;
    private final boolean trusting;
    private final Map<Proof.Kind, Answer> asked = new EnumMap<>(Proof.Kind.class);
    private @Nullable Result<List<DkimResult>> results;

    /**
     * @param claim what is to be proved
     * @param records where the keys and policies of domains stand
     * @param trusting whether a trust store was given: without one nobody is vouched for
     */
    public MailProver(Claim claim, TxtRecords records, boolean trusting) {
        this.claim = claim;
        this.records = records;
        this.trusting = trusting;
    }

    @Override
    public Prover asking(BooleanSupplier mayAsk) {
        return new MailProver(claim, new RationedRecords(records, mayAsk), trusting);
    }

    @Override
    public Map<Proof.Kind, Answer> asked() {
        return Map.copyOf(asked);
    }

    @Override
    public Answer prove(Proof.Kind proof) {
        Answer known = asked.get(proof);
        if (known != null) {
            return known;
        }
        Answer answer = switch (proof) {
            case DKIM -> dkim();
            case DMARC -> dmarc();
            case SMIME -> smime();
            case SPF -> Answer.fails("only the server that took the mail can know");
        };
        asked.put(proof, answer);
        return answer;
    }

    private Answer dkim() {
        return claim.authors().isEmpty() ? Answer.fails("it names no author") : signed(false);
    }

    /**
     * Whether a domain that speaks for all authors has signed.
     *
     * @param exactly whether only the author's own domain counts (RFC 7489 §3.1.1, strict)
     */
    private Answer signed(boolean exactly) {
        return switch (results()) {
            case Result.Failed<List<DkimResult>>(Problem problem) -> Answer.open(problem, problem.id());
            case Result.Ok<List<DkimResult>>(List<DkimResult> all) ->
                best(all.stream()
                        .filter(one -> !exactly || isAuthors(one.domain()))
                        .toList());
        };
    }

    private static Answer best(List<DkimResult> results) {
        Answer best = Answer.fails("no domain that speaks for the author has signed it");
        for (DkimResult one : results) {
            String who = one.domain() + " (" + one.selector() + ")";
            switch (one.outcome()) {
                case Outcome.Passed passed -> {
                    return Answer.holds(who);
                }
                case Outcome.Later later ->
                    best = Answer.open(later(one.domain(), later.why()), who + ": " + later.why());
                case Outcome.Failed failed ->
                    best = best.later() == null ? Answer.fails(who + ": " + failed.why()) : best;
            }
        }
        return best;
    }

    private static Problem later(String domain, String why) {
        return Problem.of(MimeMessage.NOT_PROVED_YET, "domain", domain, "reason", why);
    }

    /** Only signatures of domains that may speak for every author are looked at: no sender makes us ask about others. */
    private Result<List<DkimResult>> results() {
        Result<List<DkimResult>> known = results;
        if (known == null) {
            known = claim.bytes().get().then(this::verified);
            results = known;
        }
        return known;
    }

    private Result<List<DkimResult>> verified(RawSource source) {
        try (source) {
            return Result.ok(new DkimVerifier(records, DkimLimits.DEFAULT)
                    .verify(
                            source,
                            claim.arrived(),
                            domain -> claim.authors().stream().allMatch(author -> author.isUnder(domain))));
        } catch (IOException unread) {
            return Result.failed(MimeMessage.BYTES_NOT_READABLE, "reason", Reason.of(unread));
        }
    }

    private boolean isAuthors(String domain) {
        return claim.authors().stream().allMatch(author -> Dmarc.domain(author).equals(domain));
    }

    /** By DKIM only: by which way a mail came to its server (SPF) nobody can verify afterwards. */
    private Answer dmarc() {
        if (claim.authors().size() != 1) {
            return Answer.fails("it does not name one author");
        }
        Answer signed = signed(false);
        if (signed.verdict() != Verdict.MET) {
            return signed;
        }
        Address author = claim.authors().getFirst();
        return switch (Dmarc.policy(author, records)) {
            case Dmarc.Policy.Unknown unknown -> Answer.open(later(Dmarc.domain(author), unknown.why()), unknown.why());
            case Dmarc.Policy.None none -> Answer.fails("its domain publishes no DMARC policy");
            case Dmarc.Policy.Published published ->
                published.strict() ? signed(true) : Answer.holds(signed.told() + ", policy of " + published.domain());
        };
    }

    private Answer smime() {
        if (!trusting) {
            return Answer.fails("the profile has no trust store");
        }
        if (claim.authors().isEmpty()) {
            return Answer.fails("it names no author");
        }
        String why = "nobody has signed it";
        for (Signature one : claim.signatures()) {
            String objection = objection(one);
            String who = one.addresses().isEmpty() ? String.valueOf(one.subject()) : String.join(", ", one.addresses());
            if (objection == null) {
                return Answer.holds(who);
            }
            why = who + ": " + objection;
        }
        return Answer.fails(why);
    }

    private @Nullable String objection(Signature one) {
        Signature.Reason reason = one.reason();
        if (!one.valid()) {
            return reason == null ? "not valid" : reason.word();
        }
        if (!Boolean.TRUE.equals(one.trusted())) {
            return "the trust store does not vouch for the signer";
        }
        if (!one.whole()) {
            return "it stands for a part of the mail only";
        }
        boolean author =
                claim.authors().stream().allMatch(from -> one.addresses().contains(Matcher.key(from.address())));
        return author ? null : "the signer is not the author";
    }
}
