package ekiden.mail.match;

import ekiden.base.Problem;
import ekiden.mail.match.MatchResult.Verdict;
import ekiden.model.definition.Proof;
import ekiden.model.mail.HeaderValues;
import ekiden.model.mail.MailFacts;
import ekiden.model.mail.MailSummary;
import ekiden.model.mail.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A mail as conditions see it. What is null or unknown of it leaves conditions open, which is not the same as missed: a reader that has only the header
 * asks so whether it must fetch the rest. Used by one thread at a time.
 *
 * @param summary what the header says, and the attachments where {@code whole}
 * @param whole whether the attachments are known
 * @param size bytes as it arrived; negative where unknown
 * @param sender envelope sender, empty for the null sender, null where unknown
 * @param text body text, lines ended by LF; null where unknown
 * @param attached text of text attachments, asked for only where it matters; null where unknown
 * @param header all header fields; null where unknown
 * @param surroundings what must be known beside it
 * @param prover verifies it here; null where nothing can
 */
public record TestedMail(
        MailSummary summary,
        boolean whole,
        long size,
        @Nullable String sender,
        @Nullable String text,
        @Nullable Supplier<@Nullable String> attached,
        @Nullable HeaderValues header,
        Surroundings surroundings,
        @Nullable Prover prover) {

    /**
     * A mail that was read whole.
     *
     * @param summary what it is
     * @param text its body text
     * @param header its header
     * @param size its bytes
     * @return the mail; without envelope, text of attachments and surroundings
     */
    public static TestedMail whole(MailSummary summary, String text, HeaderValues header, long size) {
        return new TestedMail(summary, true, size, null, text, null, header, Surroundings.NONE, null);
    }

    /**
     * A mail of which only the header is here.
     *
     * @param summary what the header says
     * @param header the header
     * @param size bytes of the whole mail
     * @param surroundings what must be known beside it
     * @return the mail
     */
    public static TestedMail header(
            MailSummary summary, @Nullable HeaderValues header, long size, Surroundings surroundings) {
        return new TestedMail(summary, false, size, null, null, null, header, surroundings, null);
    }

    /**
     * A mail of the catalogue.
     *
     * @param summary what the catalogue has of it
     * @param size its bytes; negative where unknown
     * @param sender envelope sender, or null where unknown
     * @param surroundings what must be known beside it
     * @return the mail
     */
    public static TestedMail catalogue(
            MailSummary summary, long size, @Nullable String sender, Surroundings surroundings) {
        return new TestedMail(summary, true, size, sender, null, null, null, surroundings, null);
    }

    /**
     * @param from its envelope sender, or null where unknown
     * @param known what must be known beside it
     * @return this mail with those
     */
    public TestedMail within(@Nullable String from, Surroundings known) {
        return new TestedMail(summary, whole, size, from, text, attached, header, known, prover);
    }

    /**
     * @param noted what was noted when it came, or null
     * @return this mail with that
     */
    public TestedMail noted(@Nullable MailFacts noted) {
        MailSummary known = noted == null ? summary : summary.with(noted);
        return new TestedMail(known, whole, size, sender, text, attached, header, surroundings, prover);
    }

    /**
     * @param more gives the text of its text attachments, or null where it cannot be had
     * @return this mail with that
     */
    public TestedMail withAttached(Supplier<@Nullable String> more) {
        return new TestedMail(summary, whole, size, sender, text, more, header, surroundings, prover);
    }

    /** Whether a job of this Ekiden has sent it. */
    boolean own() {
        return surroundings.own(summary.messageId());
    }

    /** The sign by which it is an automatic mail, empty where it is none, null where that is not known. */
    @Nullable
    String automatic() {
        if (header != null) {
            String sign = Automatic.sign(header, summary, sender);
            return sign == null ? "" : sign;
        }
        MailFacts facts = summary.facts();
        if (facts == null) {
            return null;
        }
        return facts.automatic() == null ? "" : facts.automatic();
    }

    /**
     * @param verifier verifies it here, or null where nothing can
     * @return this mail with that
     */
    public TestedMail provedBy(@Nullable Prover verifier) {
        return new TestedMail(summary, whole, size, sender, text, attached, header, surroundings, verifier);
    }

    /**
     * @param mayAsk is asked before each question to others whose answer is not at hand
     * @return this mail, verified only as far as that allows
     */
    public TestedMail asking(BooleanSupplier mayAsk) {
        return prover == null ? this : provedBy(prover.asking(mayAsk));
    }

    /** What the trusted server says has passed; null where that is not known, or where no server is trusted. */
    @Nullable
    List<String> passed() {
        String authserv = surroundings.authserv();
        if (header != null && authserv != null) {
            return header.oneReading()
                    ? AuthResults.passed(header.raw("authentication-results"), authserv, summary.from())
                    : List.of();
        }
        MailFacts facts = summary.facts();
        return facts == null ? null : facts.passed();
    }

    /** Whether a proof is for this Ekiden to verify, not for the server whose word the profile trusts. */
    private boolean verifiedHere(Proof.Kind proof) {
        return switch (proof) {
            case SMIME -> true;
            case DKIM, DMARC -> surroundings.authserv() == null;
            case SPF -> false;
        };
    }

    /** How a proof stands; whoever has the header only, or a row of the catalogue, may not know. */
    Prover.Answer proof(Proof.Kind proof) {
        List<String> passed = passed();
        if (verifiedHere(proof) && prover != null) {
            Prover.Answer answer = prover.prove(proof);
            // what held when it came held, whatever its domain publishes by now
            boolean held = passed != null && passed.contains(word(proof));
            return held && answer.verdict() != Verdict.MET ? Prover.Answer.holds("when it came") : answer;
        }
        if (passed != null && passed.contains(word(proof))) {
            return Prover.Answer.holds(String.join(", ", passed));
        }
        // the text is read together with what is verified: without it the rest may still come
        boolean mayBeVerified = verifiedHere(proof) && text == null;
        if (mayBeVerified || (passed == null && header == null)) {
            return new Prover.Answer(Verdict.OPEN, "", null);
        }
        return Prover.Answer.fails(passed == null ? "" : String.join(", ", passed));
    }

    /** What proofs say, for people; null where nothing is known of them. */
    @Nullable
    String shown(List<Proof.Kind> proofs) {
        if (proofs.stream().noneMatch(this::verifiedHere)) {
            List<String> passed = passed();
            return passed == null ? header == null ? null : "" : String.join(", ", passed);
        }
        List<String> lines = new ArrayList<>();
        for (Proof.Kind proof : proofs) {
            Prover.Answer answer = proof(proof);
            if (!answer.told().isEmpty()) {
                lines.add(verifiedHere(proof) && prover != null ? word(proof) + ": " + answer.told() : answer.told());
            }
            if (answer.verdict() == Verdict.MET) {
                break;
            }
        }
        return lines.isEmpty() ? null : String.join(" | ", lines);
    }

    static String word(Proof.Kind proof) {
        return proof.name().toLowerCase(Locale.ROOT);
    }

    /** {@return why something that was asked cannot be verified now; null where everything could} */
    public @Nullable Problem unproved() {
        return prover == null
                ? null
                : prover.asked().values().stream()
                        .map(Prover.Answer::later)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    /** What has passed, as far as it was asked. */
    private List<String> known() {
        Set<String> words = new TreeSet<>();
        List<String> passed = passed();
        if (passed != null) {
            words.addAll(passed);
        }
        if (prover != null) {
            prover.asked().forEach((proof, answer) -> {
                if (answer.verdict() == Verdict.MET) {
                    words.add(word(proof));
                }
            });
        }
        return List.copyOf(words);
    }

    /**
     * What is kept of it beside its summary.
     *
     * @return the facts; of a mail whose header and text are known
     */
    public MailFacts facts() {
        String sign = automatic();
        String body = text == null ? "" : text;
        MailFacts before = summary.facts();
        return new MailFacts(sign == null || sign.isEmpty() ? null : sign, known(), body, body.length(), List.of(), 0)
                .bounced(before == null ? null : before.bounce());
    }
}
