package ekiden.testing.sim;

import ekiden.agent.AgentSettings;
import ekiden.manager.ManagerSettings;

/** Draws settings of the processes. */
final class WorldSettings {
    private WorldSettings() {}

    static AgentSettings ofAgent(Chance chance) {
        AgentSettings usual = AgentSettings.defaults(SimWorld.HOME);
        return new AgentSettings(
                usual.attempts(),
                usual.reports(),
                usual.files(),
                usual.canaries(),
                usual.askAgain(),
                usual.retry(),
                usual.sweep(),
                chance.one(3) ? 2 : usual.commands(),
                usual.sendRetries(),
                usual.sendRetryInterval(),
                usual.killGrace(),
                usual.startGrace(),
                chance.one(3) ? 1 : usual.retests(),
                chance.one(3) ? 1 : usual.reportsAtOnce(),
                usual.output(),
                usual.openingBytes(),
                usual.openingPatience(),
                chance.one(2) ? 0 : usual.keptText(),
                usual.shortLooks(),
                usual.restingLooks(),
                usual.proofTime(),
                usual.proofPause(),
                usual.proofTold(),
                usual.freeSpace());
    }

    static ManagerSettings ofManager(Chance chance) {
        ManagerSettings usual = ManagerSettings.defaults(SimWorld.AGENT, SimWorld.FILES, SimWorld.ATTEMPTS);
        return new ManagerSettings(
                usual.agent(),
                usual.files(),
                usual.attempts(),
                chance.one(3) ? 10 : usual.inbox(),
                chance.one(2) ? chance.between(1, 5) : usual.batch(),
                chance.between(1, 4),
                chance.between(1, 6),
                usual.joinWindow(),
                usual.joinWindowUndated(),
                usual.keepReports(),
                usual.forgetReports(),
                usual.forgetBatch(),
                usual.forgetPause(),
                usual.keepMails(),
                usual.keepRuns(),
                usual.keepQuarantine(),
                usual.returnsPerMail(),
                usual.runsPerReturned(),
                usual.sweepBatch());
    }
}
