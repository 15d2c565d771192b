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
  malformed @2;              # a field has the wrong size, is no UTF-8, or is out of range
  wrongStream @3;            # the action does not belong to a stream of this kind
  # authority
  noMandate @4;              # no mandate of this role covers the unit
  mandateEnded @5;           # void: ended before; held: ended between what was seen and receipt
  mandateUncertain @6;       # began between what was seen and receipt
  notAMember @7;             # of the council
  sessionExpired @8;
  # dates
  timeUncertain @9;         # a stated date lies outside the bracket of what was seen and receipt
  # what it names
  unknownUnit @10;
  unknownAccount @11;
  unknownRuleSet @12;
  unknownRound @13;
  unknownCouncil @14;
  unknownMeeting @15;
  unknownDecision @16;
  unknownStage @17;
  unknownProductSet @18;
  unknownCriterion @19;
  unknownDocument @20;
  unknownCertificate @21;
  unknownDossier @22;
  unknownMandate @23;
  unknownSlip @24;
  unknownGround @25;
  alreadyExists @26;         # an id or a number is taken
  unitClosed @27;
  slipUsed @28;
  slipExpired @29;
  # the dossier
  wrongPhase @30;
  wrongStage @31;
  lostRace @32;              # another transition was logged first
  staleView @33;             # the digest is not that of what it rests on
  dossierOpen @34;           # the product has a dossier under way
  ruleSetNotInForce @35;
  assessmentIncomplete @36;
  optionNotOffered @37;
  opinionMissing @38;
  documentsMissing @39;
  # council, decision, certificate
  meetingClosed @40;
  meetingOpen @41;
  wrongKey @42;
  quorumNotMet @43;
  spreadExceeded @44;
  wrongTally @45;
  starsNotEarned @46;        # this stage does not decide these stars for this result
  belowThreshold @47;        # the average is under what the stage forwards from
  numberNotGranted @48;
  numberUsed @49;
  decisionMismatch @50;      # the decision has no such line
  notExpired @51;
  certificateEnded @52;
  # held
  notHeld @53;
  # tally
  dossierNotListed @54;      # the meeting does not list this dossier
  adviceMissing @55;
  notLegacy @56;             # the certificate is not older than this log: it comes with a decision
  openingHeld @57;           # held: the stream or dossier it needs waits for a person itself
  sheetMissing @58;          # the rule set does not hold this product set's sheet: the result comes from signed minutes
  # the programme around the dossiers
  rulesLapsed @59;           # held: the regulation no longer decides dossiers of this day and kind
  recused @60;               # the member may not judge this dossier
  ideaDeclined @61;          # the newest review of the product's idea declines it
  notRevoked @62;            # the certificate it serves a revocation of is not revoked
  unknownOffice @63;
  unknownRecord @64;         # the difficulty, complaint or event that it answers or joins
  unfitCode @65;             # a product code that has the shape of no published pattern
  nobodyDecides @66;         # the stage's unit is gone, and no rule set in force that day lets who stands for it decide: the dossier waits
  outOfOrder @67;            # a date before that of what the act rests on: a decision before its meeting, an issue before its decision
  meetingUncounted @68;      # an earlier meeting was closed on it with sheets that hold: those are counted first
  certificateInForce @69;    # a first evaluation of a product that holds a certificate on the day of filing
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
