//! The stable code of every diagnostic. `docs/diagnostics.md` explains each; a test keeps the two together.

macro_rules! codes {
    ($($name:ident = $code:literal;)*) => {
        $(pub const $name: &str = $code;)*
        /// Every code there is.
        pub const ALL: &[&str] = &[$($code),*];
        /// The constants' names, for the test that each is in use.
        pub const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}

codes! {
    // Folders and files
    MISSING_FOLDER = "missing-folder";
    BAD_FOLDER_NAME = "bad-folder-name";
    MISSING_FILE = "missing-file";
    MISSPELT_FILE = "misspelt-file";
    UNREADABLE_FILE = "unreadable-file";
    EMPTY_FILE = "empty-file";
    NOT_UTF8 = "not-utf8";
    NOT_TEXT = "not-text";
    NUL_BYTE = "nul-byte";
    FILE_TOO_LARGE = "file-too-large";
    UNSUPPORTED_FILE = "unsupported-file";
    BAD_WORKBOOK = "bad-workbook";
    WORKBOOK_TOO_LARGE = "workbook-too-large";
    ZIP_BOMB = "zip-bomb";
    TWO_SOURCES = "two-sources";
    CIVIL_NUMBER = "civil-registration-number";
    // Headers and rows
    MISSING_COLUMN = "missing-column";
    DUPLICATE_COLUMN = "duplicate-column";
    UNKNOWN_COLUMN = "unknown-column";
    WRONG_CELL_COUNT = "wrong-cell-count";
    ROW_TOO_LONG = "row-too-long";
    TOO_MANY_FAULTS = "too-many-faults";
    OPEN_DATE_ORDER = "open-date-order";
    OPEN_DECIMAL_MARK = "open-decimal-mark";
    // The mapping
    UNREADABLE_MAPPING = "unreadable-mapping";
    UNKNOWN_MAPPING_KEY = "unknown-mapping-key";
    BAD_MAPPING = "bad-mapping";
    UNKNOWN_MAPPED_FILE = "unknown-mapped-file";
    UNKNOWN_MAPPED_SHEET = "unknown-mapped-sheet";
    UNKNOWN_MAPPED_COLUMN = "unknown-mapped-column";
    NOTHING_TO_LEARN = "nothing-to-learn";
    // The week before
    PREVIOUS_WEEK_NOT_BEFORE = "previous-week-not-before";
    UNKNOWN_CANCELLED_VISIT = "unknown-cancelled-visit";
    // Cells
    MISSING_VALUE = "missing-value";
    BAD_YES_NO = "bad-yes-no";
    BAD_DATE = "bad-date";
    BAD_TIME = "bad-time";
    BAD_MOMENT = "bad-moment";
    BAD_NUMBER = "bad-number";
    BAD_COORDINATE = "bad-coordinate";
    HALF_COORDINATES = "half-coordinates";
    BAD_SPLIT = "bad-split";
    BAD_PLACE = "bad-place";
    UNKNOWN_CODE = "unknown-code";
    // The policy
    UNREADABLE_POLICY = "unreadable-policy";
    UNKNOWN_POLICY_KEY = "unknown-policy-key";
    BAD_POLICY_TYPE = "bad-policy-type";
    BAD_POLICY_VALUE = "bad-policy-value";
    POLICY_TIMES_REVERSED = "policy-times-reversed";
    // Rows against each other
    DUPLICATE_ID = "duplicate-id";
    UNKNOWN_PROVIDER = "unknown-provider";
    UNKNOWN_CARER = "unknown-carer";
    UNKNOWN_CLIENT = "unknown-client";
    UNKNOWN_GRANT = "unknown-grant";
    ENDS_BEFORE_START = "ends-before-start";
    OVERLAPPING_SHIFTS = "overlapping-shifts";
    OVERLAPPING_PINS = "overlapping-pins";
    FROZEN_VISIT_OVERLAPS = "frozen-visit-overlaps";
    // Certificates
    NO_CERTIFICATE = "no-certificate";
    CERTIFICATE_EDITED = "certificate-edited";
    CERTIFICATE_OF_ANOTHER_WEEK = "certificate-of-another-week";
    BAD_CERTIFICATE_LINE = "bad-certificate-line";
    // Results to report on
    NO_PLAN = "no-plan";
    UNREADABLE_SUMMARY = "unreadable-summary";
    NEWER_PLAN = "newer-plan";
    PLAN_OF_OTHER_FILES = "plan-of-other-files";
    EDITED_PLAN = "edited-plan";
    // Questions about a roster
    ROSTER_OF_ANOTHER_WEEK = "roster-of-another-week";
    ROSTER_BREAKS_RULES = "roster-breaks-rules";
    UNKNOWN_VISIT = "unknown-visit";
    BAD_SCENARIO = "bad-scenario";
    // Warnings
    UNKNOWN_AVOIDED_CARER = "unknown-avoided-carer";
    UNKNOWN_IN_HISTORY = "unknown-in-history";
    UNKNOWN_PLACE = "unknown-place";
    REPEATED_TRAVEL = "repeated-travel";
    BOOKING_OUTSIDE_SHIFTS = "booking-outside-shifts";
    STAY_NOT_STATED = "stay-not-stated";
    AGREED_WINDOW_CUT = "agreed-window-cut";
    OUTSIDE_STANDARD = "outside-standard";
    CUT_TO_STANDARD = "cut-to-standard";
    SPLIT_DIFFERS = "split-differs";
    PUBLISHED_ROW_LOST = "published-row-lost";
    // What can be planned but is hardly meant
    EXCHANGED_COORDINATES = "exchanged-coordinates";
    FAR_AWAY = "far-away";
    STRANGE_MUNICIPALITY = "strange-municipality";
    PROVIDER_NOT_APPROVED = "provider-not-approved";
    LONG_SHIFT = "long-shift";
    SHORT_REST = "short-rest";
    NO_REST_DAY = "no-rest-day";
    LONG_WEEK = "long-week";
    NO_SHIFT_IN_WEEK = "no-shift-in-week";
    GRANTED_TWICE = "granted-twice";
    PERHAPS_HOURS = "perhaps-hours";
    NOTHING_GRANTED = "nothing-granted";
    GRANTED_LATER = "granted-later";
    WISH_TOO_SHORT = "wish-too-short";
    REPEATED_ROW = "repeated-row";
    PERHAPS_THE_SAME = "perhaps-the-same";
}
