@0xce2c584cbdfca206;
# What the log adds to an action: where it stands and what was judged. The bytes of a leaf are laid out in docs/log_format.md,
# not here; these structs are how heads of events, seals and signed actions travel.

using Cxx = import "/capnp/c++.capnp";
using Json = import "/capnp/compat/json.capnp";
$Cxx.namespace("hoso::schema");

enum Outcome { effective @0; held @1; void @2; }

enum Path { ws @0; bundle @1; }

# Why an action is held or void. Numbers are stored in leaves and never reused.
enum Reason {
  none @0;
  # authenticity and form
  unauthentic @1;            # a signature, session or key does not hold; given by the ledger, never by the judge
  unknownAction @2;          # a kind or schema this judge version does not know
  malformed @3;              # a field has the wrong size, is no UTF-8, or is out of range
  wrongStream @4;            # the action does not belong to a stream of this kind
  # authority
  noMandate @5;              # no mandate of this role covers the unit
  mandateEnded @6;           # void: ended before; held: ended between what was seen and receipt
  mandateUncertain @7;       # began between what was seen and receipt
  notAMember @8;             # of the council
  sessionExpired @9;
  # dates
  timeUncertain @10;         # a stated date lies outside the bracket of what was seen and receipt
  # what it names
  unknownUnit @11;
  unknownAccount @12;
  unknownRuleSet @13;
  unknownRound @14;
  unknownCouncil @15;
  unknownMeeting @16;
  unknownDecision @17;
  unknownStage @18;
  unknownProductSet @19;
  unknownCriterion @20;
  unknownDocument @21;
  unknownCertificate @22;
  unknownDossier @23;
  unknownMandate @24;
  unknownSlip @25;
  unknownGround @26;
  alreadyExists @27;         # an id or a number is taken
  unitClosed @28;
  slipUsed @29;
  slipExpired @30;
  # the dossier
  wrongPhase @31;
  wrongStage @32;
  lostRace @33;              # another transition was logged first
  staleView @34;             # the digest is not that of what it rests on
  dossierOpen @35;           # the product has a dossier under way
  notYourDossier @36;        # the dossier is at another stage
  ruleSetNotInForce @37;
  assessmentIncomplete @38;
  optionNotOffered @39;
  opinionMissing @40;
  documentsMissing @41;
  # council, decision, certificate
  meetingClosed @42;
  meetingOpen @43;
  wrongKey @44;
  quorumNotMet @45;
  spreadExceeded @46;
  wrongTally @47;
  starsNotEarned @48;        # this stage does not decide these stars for this result
  belowThreshold @49;        # the average is under what the stage forwards from
  numberNotGranted @50;
  numberUsed @51;
  decisionMismatch @52;      # the decision has no such line
  notExpired @53;
  certificateEnded @54;
  # held
  notHeld @55;
  # tally
  dossierNotListed @56;      # the meeting does not list this dossier
  adviceMissing @57;
}

struct Verdict {
  outcome @0 :Outcome;
  reason @1 :Reason;
  against @2 :UInt64;                  # position of the event that stands in the way; 2^64-1 = none
}

struct SignedAction {
  action @0 :Data $Json.base64;       # the exact bytes
  signatures @1 :List(Signature);
}

struct Signature {
  kind @0 :UInt32;                     # 1 = Ed25519 of the officer's key over "hoso/act/v1" and the action id
  bytes @1 :Data $Json.hex;
}

struct Seal {
  firstSeq @0 :UInt64;
  lastSeq @1 :UInt64;
  previous @2 :Data $Json.hex;        # hash of the device's previous seal, 32 zero bytes for the first
  root @3 :Data $Json.hex;            # RFC 6962 root of the action ids
  signature @4 :Data $Json.hex;
}
