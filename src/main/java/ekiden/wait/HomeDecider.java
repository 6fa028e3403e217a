package ekiden.wait;

/** How many mails the temporary unit of a call may take: as many as the call wants, and none that it would not print. Pure. */
final class HomeDecider {
    private HomeDecider() {}

    /** What is to be done with the unit. */
    sealed interface Step {
        /** Let it take so many from now on. */
        record Define(int times) implements Step {}

        /** It takes too many: there is enough already. */
        record Close() implements Step {}

        /** It is as it should be. */
        record Keep() implements Step {}
    }

    /**
     * @param room how many mails the call takes still
     * @param pending how many the unit has taken that the call has not
     * @param page what the unit is
     * @param ours whether it was defined by this call, with its conditions
     * @return what is to be done
     */
    static Step arrange(int room, int pending, HomeMails.Page page, boolean ours) {
        int left = page.defined() ? page.left() : 0;
        int wanted = room - pending;
        if (wanted <= 0) {
            return page.defined() && left > 0 ? new Step.Close() : new Step.Keep();
        }
        return ours && left == wanted ? new Step.Keep() : new Step.Define(wanted);
    }
}
