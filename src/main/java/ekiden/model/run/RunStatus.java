package ekiden.model.run;

import ekiden.base.StateTable;

/** The status of a run, with the names JP1 operators know. */
public enum RunStatus {
    /** Its mail is taken; the files are being saved. */
    PREPARING("Preparing", "実行準備中", false),
    /** Waits for the run before it, because its jobnet does not allow overlap. */
    QUEUED("Now queuing", "キューイング", false),
    /** Jobs are being executed. */
    RUNNING("Now running", "実行中", false),
    /** All jobs ended normally. */
    ENDED_NORMALLY("Ended normally", "正常終了", true),
    /** No job ended badly, at least one with warning. */
    ENDED_WITH_WARNING("Ended with warning", "警告検出終了", true),
    /** At least one job ended abnormally, unknown or uncertain. */
    ENDED_ABNORMALLY("Ended abnormally", "異常検出終了", true),
    /** A person or a time limit ended it. */
    KILLED("Killed", "強制終了", true);

    /** What can happen to a run. */
    public enum On {
        /** Its mail's files are complete, or there was none to wait for, and another run goes first. */
        WAIT,
        /** Its jobs begin. */
        START,
        /** All jobs have ended well. */
        SUCCEED,
        /** All jobs have ended, one with warning. */
        WARN,
        /** All jobs have ended or were given up, one badly. */
        FAIL,
        /** It ends because it was killed. */
        KILL,
        /** A person wants jobs executed once more that ended badly. */
        RERUN
    }

    /** The life of a run. */
    public static final StateTable<RunStatus, On> TABLE = StateTable.of("run", RunStatus.class, On.class)
            .row(PREPARING, On.WAIT, QUEUED)
            .row(PREPARING, On.START, RUNNING)
            .row(PREPARING, On.FAIL, ENDED_ABNORMALLY)
            .row(PREPARING, On.KILL, KILLED)
            .row(QUEUED, On.START, RUNNING)
            .row(QUEUED, On.KILL, KILLED)
            .row(RUNNING, On.SUCCEED, ENDED_NORMALLY)
            .row(RUNNING, On.WARN, ENDED_WITH_WARNING)
            .row(RUNNING, On.FAIL, ENDED_ABNORMALLY)
            .row(RUNNING, On.KILL, KILLED)
            .row(ENDED_ABNORMALLY, On.RERUN, QUEUED)
            .row(KILLED, On.RERUN, QUEUED)
            .build();

    private final String english;
    private final String japanese;
    private final boolean ended;

    RunStatus(String english, String japanese, boolean ended) {
        this.english = english;
        this.japanese = japanese;
        this.ended = ended;
    }

    /** {@return the English name shown to operators} */
    public String english() {
        return english;
    }

    /** {@return the Japanese name shown to operators} */
    public String japanese() {
        return japanese;
    }

    /** {@return whether nothing more will happen} */
    public boolean ended() {
        return ended;
    }
}
