package ekiden.mail.send;

import ekiden.base.Problem;
import java.util.List;

/** What became of a submission. */
public sealed interface SendOutcome {
    /**
     * The server took it for every recipient.
     *
     * @param reply the server's words, cleaned, one line; often names its queue id
     * @param recipients who gets it
     */
    record Accepted(String reply, List<String> recipients) implements SendOutcome {
        /** Copies the list. */
        public Accepted {
            recipients = List.copyOf(recipients);
        }
    }

    /**
     * The mail system of this machine has it in its queue: neither sent nor refused yet.
     *
     * @param reply what its command said, cleaned, one line; usually empty
     * @param sender the envelope sender under which it stands there
     * @param own whether no other mail has that sender
     * @param recipients for whom it is
     */
    record Queued(String reply, String sender, boolean own, List<String> recipients) implements SendOutcome {
        /** Copies the list. */
        public Queued {
            recipients = List.copyOf(recipients);
        }
    }

    /**
     * The server took it for some recipients and not for others.
     *
     * @param reply the server's words, cleaned, one line
     * @param accepted who gets it, at least one
     * @param refused who does not, at least one; those with {@link Refusal#permanent} false may be tried again
     */
    record PerRecipient(String reply, List<String> accepted, List<Refusal> refused) implements SendOutcome {
        /** Copies the lists. */
        public PerRecipient {
            accepted = List.copyOf(accepted);
            refused = List.copyOf(refused);
        }
    }

    /**
     * Nobody gets it, and trying again without a change does not help.
     *
     * @param problem why; of kind permanent
     * @param refused the recipients that the server refused by name, may be empty
     */
    record Refused(Problem problem, List<Refusal> refused) implements SendOutcome {
        /** Copies the list. */
        public Refused {
            refused = List.copyOf(refused);
        }
    }

    /**
     * Nobody gets it from this submission, and trying again can help.
     *
     * @param problem why; of kind retryable
     * @param refused the recipients that the server refused or put off by name, may be empty
     */
    record Failed(Problem problem, List<Refusal> refused) implements SendOutcome {
        /** Copies the list. */
        public Failed {
            refused = List.copyOf(refused);
        }
    }

    /**
     * It cannot be known: the final dot was on its way and no answer came (RFC 5321 §6.1).
     *
     * @param problem what happened; of kind unknown
     * @param recipients who may have got it
     * @param refused who certainly has not, may be empty
     */
    record Uncertain(Problem problem, List<String> recipients, List<Refusal> refused) implements SendOutcome {
        /** Copies the lists. */
        public Uncertain {
            recipients = List.copyOf(recipients);
            refused = List.copyOf(refused);
        }
    }

    /**
     * A recipient that the server did not take.
     *
     * @param recipient as in {@link OutgoingMail#recipients}
     * @param code the server's reply code, 400 to 599
     * @param text the server's words, cleaned, one line
     */
    record Refusal(String recipient, int code, String text) {
        /** {@return whether trying again without a change is useless (5xx)} */
        public boolean permanent() {
            return code >= 500;
        }
    }
}
