package ekiden.agent;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.match.Prover;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.MimeMessage;
import ekiden.mail.mime.Opening;
import ekiden.mail.mime.RawSource;
import ekiden.mail.proof.MailTrust;
import ekiden.model.definition.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The DNS, as far as mails of a test need it: each mail is of a domain of its own. */
final class FakeDns implements MailTrust.Means {
    private static final Problem SILENT =
            Problem.of(MimeMessage.NOT_PROVED_YET, "domain", "x.example", "reason", "silent");

    boolean silent = true;
    /** It is silent about mails with this in their subjects. */
    String about = "";

    boolean signed = true;
    /** How long each question lasts. */
    Duration lasts = Duration.ZERO;

    int questions;
    /** When the mails came that were verified. */
    final List<Instant> arrivals = new ArrayList<>();
    /** Called with each question. */
    Runnable asked = () -> {};

    private final Consumer<Duration> passes;

    FakeDns(Consumer<Duration> passes) {
        this.passes = passes;
    }

    @Override
    public Result<Opening> opening() {
        return Result.ok(Opening.USUAL);
    }

    @Override
    public Prover prover(Message message, Instant arrived, Supplier<Result<RawSource>> bytes) {
        arrivals.add(arrived);
        return prover(Objects.requireNonNullElse(message.summary().subject(), ""), () -> true);
    }

    private Prover prover(String subject, BooleanSupplier mayAsk) {
        Map<Proof.Kind, Prover.Answer> answers = new HashMap<>();
        return new Prover() {
            @Override
            public Answer prove(Proof.Kind proof) {
                return answers.computeIfAbsent(proof, first -> answer(subject, mayAsk));
            }

            @Override
            public Prover asking(BooleanSupplier may) {
                return prover(subject, may);
            }

            @Override
            public Map<Proof.Kind, Answer> asked() {
                return answers;
            }
        };
    }

    private Prover.Answer answer(String subject, BooleanSupplier mayAsk) {
        if (!mayAsk.getAsBoolean()) {
            return Prover.Answer.open(SILENT, "not asked");
        }
        questions++;
        asked.run();
        passes.accept(lasts);
        return silent && subject.contains(about)
                ? Prover.Answer.open(SILENT, "silent")
                : signed ? Prover.Answer.holds("x.example") : Prover.Answer.fails("nobody");
    }
}
