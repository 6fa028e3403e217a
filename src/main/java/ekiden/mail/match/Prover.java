package ekiden.mail.match;

import ekiden.base.Problem;
import ekiden.mail.match.MatchResult.Verdict;
import ekiden.model.definition.Proof;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Verifies one mail where its profile trusts no server's word. Is asked only where an answer matters, and keeps it. Used by one thread at a time. */
public interface Prover {
    /**
     * @param proof other than {@link Proof.Kind#SPF}, which nobody can verify after the fact
     * @return what is known of it
     */
    Answer prove(Proof.Kind proof);

    /**
     * @param mayAsk is asked before each question to others whose answer is not at hand
     * @return verifies the same mail anew; what would need a question that may not be asked is open
     */
    default Prover asking(BooleanSupplier mayAsk) {
        return this;
    }

    /** {@return what was asked so far, with the answers} */
    Map<Proof.Kind, Answer> asked();

    /** Was not asked, because something else keeps the mail away. */
    Prover NOT_ASKED = new Prover() {
        @Override
        public Answer prove(Proof.Kind proof) {
            return new Answer(Verdict.OPEN, "", null);
        }

        @Override
        public Map<Proof.Kind, Answer> asked() {
            return Map.of();
        }
    };

    /**
     * An answer.
     *
     * @param verdict {@link Verdict#OPEN} where it cannot be known now
     * @param told who signed, or why it does not count; words of the mail only as far as they are names of domains, addresses and certificates
     * @param later why it cannot be known now; null where the verdict is not open
     */
    record Answer(Verdict verdict, String told, @Nullable Problem later) {
        /**
         * @param who has signed
         * @return that it holds
         */
        public static Answer holds(String who) {
            return new Answer(Verdict.MET, who, null);
        }

        /**
         * @param why for people
         * @return that it does not
         */
        public static Answer fails(String why) {
            return new Answer(Verdict.MISSED, why, null);
        }

        /**
         * @param why retryable
         * @param told for people
         * @return that it cannot be known now
         */
        public static Answer open(Problem why, String told) {
            return new Answer(Verdict.OPEN, told, why);
        }
    }
}
