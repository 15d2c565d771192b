#include "shared/domain/codec_parts.hpp"

namespace hoso::domain::codec {

void put(schema::CouncilMember::Builder to, const CouncilMember& from) {
    to.setAccount(data(from.account));
    to.setSeat(static_cast<schema::Seat>(from.seat));
    to.setField(from.field);
}

void get(schema::CouncilMember::Reader from, CouncilMember& to, Take& take) {
    take.fixed(from.getAccount(), to.account, "account");
    take.enumerator(from.getSeat(), to.seat, Seat::support, "seat");
    take.text(from.getField(), to.field, "field");
}

void put(schema::CouncilEstablished::Builder to, const CouncilEstablished& from) {
    to.setCouncil(data(from.council));
    to.setUnit(data(from.unit));
    to.setStage(from.stage);
    to.setDecisionNumber(from.decision_number);
    to.setDecisionDate(to_days(from.decision_date));
    put_list(to.initMembers(static_cast<unsigned>(from.members.size())), from.members);
    to.setQuorum(from.quorum);
    to.setSpreadMax(from.spread_max);
    put_list(to.initAdvisers(static_cast<unsigned>(from.advisers.size())), from.advisers);
}

void get(schema::CouncilEstablished::Reader from, CouncilEstablished& to, Take& take) {
    take.fixed(from.getCouncil(), to.council, "council");
    take.fixed(from.getUnit(), to.unit, "unit");
    take.text(from.getStage(), to.stage, "stage");
    take.text(from.getDecisionNumber(), to.decision_number, "decisionNumber");
    take.date(from.getDecisionDate(), to.decision_date, "decisionDate");
    get_list(from.getMembers(), to.members, take, "members");
    to.quorum = from.getQuorum();
    to.spread_max = from.getSpreadMax();
    get_list(from.getAdvisers(), to.advisers, take, "advisers");
}

void put(schema::Number::Builder to, const Number& from) {
    to.setBlock(data(from.block));
    to.setValue(from.value);
}

void get(schema::Number::Reader from, Number& to, Take& take) {
    take.fixed(from.getBlock(), to.block, "block");
    to.value = from.getValue();
}

void put(schema::SealedKey::Builder to, const SealedKey& from) {
    to.setAccount(data(from.account));
    to.setCiphertext(data(from.ciphertext));
}

void get(schema::SealedKey::Reader from, SealedKey& to, Take& take) {
    take.fixed(from.getAccount(), to.account, "account");
    take.bytes(from.getCiphertext(), to.ciphertext);
}

void put(schema::DossierReference::Builder to, const DossierReference& from) {
    to.setProduct(data(from.product));
    to.setDossier(data(from.dossier));
}

void get(schema::DossierReference::Reader from, DossierReference& to, Take& take) {
    take.fixed(from.getProduct(), to.product, "product");
    take.fixed(from.getDossier(), to.dossier, "dossier");
}

void put(schema::MeetingOpened::Builder to, const MeetingOpened& from) {
    to.setMeeting(data(from.meeting));
    to.setCouncil(data(from.council));
    to.setDate(to_days(from.date));
    to.setPublicKey(data(from.public_key));
    put_list(to.initSealedKeys(static_cast<unsigned>(from.sealed_keys.size())), from.sealed_keys);
    put_list(to.initDossiers(static_cast<unsigned>(from.dossiers.size())), from.dossiers);
    to.setForm(static_cast<schema::MeetingForm>(from.form));
}

void get(schema::MeetingOpened::Reader from, MeetingOpened& to, Take& take) {
    take.fixed(from.getMeeting(), to.meeting, "meeting");
    take.fixed(from.getCouncil(), to.council, "council");
    take.date(from.getDate(), to.date, "date");
    take.fixed(from.getPublicKey(), to.public_key, "publicKey");
    get_list(from.getSealedKeys(), to.sealed_keys, take, "sealedKeys");
    get_list(from.getDossiers(), to.dossiers, take, "dossiers");
    take.enumerator(from.getForm(), to.form, MeetingForm::written, "form");
}

void put(schema::MeetingClosed::Builder to, const MeetingClosed& from) {
    to.setMeeting(data(from.meeting));
    to.setPrivateKey(data(from.private_key));
    put_list(to.initSheets(static_cast<unsigned>(from.sheets.size())), from.sheets);
}

void get(schema::MeetingClosed::Reader from, MeetingClosed& to, Take& take) {
    take.fixed(from.getMeeting(), to.meeting, "meeting");
    take.fixed(from.getPrivateKey(), to.private_key, "privateKey");
    get_list(from.getSheets(), to.sheets, take, "sheets");
}

void put(schema::DecisionLine::Builder to, const DecisionLine& from) {
    to.setProduct(data(from.product));
    if (!from.dossier.is_nil()) to.setDossier(data(from.dossier));
    to.setStars(from.stars);
    put(to.initCertificate(), from.certificate);
    to.setCertificateText(from.certificate_text);
}

void get(schema::DecisionLine::Reader from, DecisionLine& to, Take& take) {
    take.fixed(from.getProduct(), to.product, "product");
    if (from.hasDossier()) take.fixed(from.getDossier(), to.dossier, "dossier");
    to.stars = from.getStars();
    get(from.getCertificate(), to.certificate, take);
    take.text(from.getCertificateText(), to.certificate_text, "certificateText");
}

void put(schema::DecisionSigned::Builder to, const DecisionSigned& from) {
    to.setDecision(data(from.decision));
    to.setKind(static_cast<schema::DecisionKind>(from.kind));
    to.setUnit(data(from.unit));
    to.setStage(from.stage);
    put(to.initNumber(), from.number);
    to.setDate(to_days(from.date));
    put_list(to.initLines(static_cast<unsigned>(from.lines.size())), from.lines);
    if (!from.document_hash.is_nil()) to.setDocumentHash(data(from.document_hash));
}

void get(schema::DecisionSigned::Reader from, DecisionSigned& to, Take& take) {
    take.fixed(from.getDecision(), to.decision, "decision");
    take.enumerator(from.getKind(), to.kind, DecisionKind::revocation, "kind");
    take.fixed(from.getUnit(), to.unit, "unit");
    take.text(from.getStage(), to.stage, "stage");
    get(from.getNumber(), to.number, take);
    take.date(from.getDate(), to.date, "date");
    get_list(from.getLines(), to.lines, take, "lines");
    if (from.hasDocumentHash()) take.fixed(from.getDocumentHash(), to.document_hash, "documentHash");
}

void put(schema::SheetSubmitted::Builder to, const SheetSubmitted& from) {
    to.setDossier(data(from.dossier));
    to.setMeeting(data(from.meeting));
    to.setSealed(data(from.sealed));
}

void get(schema::SheetSubmitted::Reader from, SheetSubmitted& to, Take& take) {
    take.fixed(from.getDossier(), to.dossier, "dossier");
    take.fixed(from.getMeeting(), to.meeting, "meeting");
    take.bytes(from.getSealed(), to.sealed);
}

void put(schema::Tallied::Builder to, const Tallied& from) {
    to.setDossier(data(from.dossier));
    to.setMeeting(data(from.meeting));
    to.setStage(from.stage);
    to.setDigest(data(from.digest));
    to.setSheets(from.sheets);
    put_list(to.initSums(static_cast<unsigned>(from.sums.size())), from.sums);
    to.setStars(from.stars);
}

void get(schema::Tallied::Reader from, Tallied& to, Take& take) {
    take.fixed(from.getDossier(), to.dossier, "dossier");
    take.fixed(from.getMeeting(), to.meeting, "meeting");
    take.text(from.getStage(), to.stage, "stage");
    take.fixed(from.getDigest(), to.digest, "digest");
    to.sheets = from.getSheets();
    get_list(from.getSums(), to.sums, take, "sums");
    to.stars = from.getStars();
}

void put(schema::PaperTallied::Builder to, const PaperTallied& from) {
    to.setDossier(data(from.dossier));
    to.setCouncil(data(from.council));
    to.setStage(from.stage);
    to.setDigest(data(from.digest));
    to.setMinutes(from.minutes);
    if (!from.minutes_hash.is_nil()) to.setMinutesHash(data(from.minutes_hash));
    to.setDate(to_days(from.date));
    to.setSheets(from.sheets);
    put_list(to.initAverages(static_cast<unsigned>(from.averages.size())), from.averages);
    to.setStars(from.stars);
}

void get(schema::PaperTallied::Reader from, PaperTallied& to, Take& take) {
    take.fixed(from.getDossier(), to.dossier, "dossier");
    take.fixed(from.getCouncil(), to.council, "council");
    take.text(from.getStage(), to.stage, "stage");
    take.fixed(from.getDigest(), to.digest, "digest");
    take.text(from.getMinutes(), to.minutes, "minutes");
    if (from.hasMinutesHash()) take.fixed(from.getMinutesHash(), to.minutes_hash, "minutesHash");
    take.date(from.getDate(), to.date, "date");
    to.sheets = from.getSheets();
    get_list(from.getAverages(), to.averages, take, "averages");
    to.stars = from.getStars();
}

void put(schema::Recognised::Builder to, const Recognised& from) {
    to.setDossier(data(from.dossier));
    to.setDecision(data(from.decision));
    to.setDigest(data(from.digest));
    to.setStars(from.stars);
    put(to.initCertificate(), from.certificate);
    to.setIssued(to_days(from.issued));
}

void get(schema::Recognised::Reader from, Recognised& to, Take& take) {
    take.fixed(from.getDossier(), to.dossier, "dossier");
    take.fixed(from.getDecision(), to.decision, "decision");
    take.fixed(from.getDigest(), to.digest, "digest");
    to.stars = from.getStars();
    get(from.getCertificate(), to.certificate, take);
    take.date(from.getIssued(), to.issued, "issued");
}

void put(schema::Forwarded::Builder to, const Forwarded& from) {
    to.setDossier(data(from.dossier));
    to.setTurn(from.turn);
    to.setStage(from.stage);
    to.setDigest(data(from.digest));
    to.setDate(to_days(from.date));
}

void get(schema::Forwarded::Reader from, Forwarded& to, Take& take) {
    take.fixed(from.getDossier(), to.dossier, "dossier");
    to.turn = from.getTurn();
    take.text(from.getStage(), to.stage, "stage");
    take.fixed(from.getDigest(), to.digest, "digest");
    take.date(from.getDate(), to.date, "date");
}

void put(schema::Declined::Builder to, const Declined& from) {
    to.setDossier(data(from.dossier));
    to.setStage(from.stage);
    to.setDigest(data(from.digest));
    to.setDate(to_days(from.date));
    to.setAdvice(from.advice);
}

void get(schema::Declined::Reader from, Declined& to, Take& take) {
    take.fixed(from.getDossier(), to.dossier, "dossier");
    take.text(from.getStage(), to.stage, "stage");
    take.fixed(from.getDigest(), to.digest, "digest");
    take.date(from.getDate(), to.date, "date");
    take.text(from.getAdvice(), to.advice, "advice");
}

void put(schema::ResultEntered::Builder to, const ResultEntered& from) {
    to.setDossier(data(from.dossier));
    to.setStage(from.stage);
    to.setDigest(data(from.digest));
    to.setDecisionNumber(from.decision_number);
    to.setDate(to_days(from.date));
    to.setAverage(from.average);
    to.setStars(from.stars);
    to.setCertificate(from.certificate);
}

void get(schema::ResultEntered::Reader from, ResultEntered& to, Take& take) {
    take.fixed(from.getDossier(), to.dossier, "dossier");
    take.text(from.getStage(), to.stage, "stage");
    take.fixed(from.getDigest(), to.digest, "digest");
    take.text(from.getDecisionNumber(), to.decision_number, "decisionNumber");
    take.date(from.getDate(), to.date, "date");
    to.average = from.getAverage();
    to.stars = from.getStars();
    take.text(from.getCertificate(), to.certificate, "certificate");
}

void put(schema::CertificateRevoked::Builder to, const CertificateRevoked& from) {
    to.setDecision(data(from.decision));
    to.setCertificate(from.certificate);
    to.setGround(from.ground);
    to.setRuleSetHash(data(from.rule_set_hash));
    to.setDate(to_days(from.date));
}

void get(schema::CertificateRevoked::Reader from, CertificateRevoked& to, Take& take) {
    take.fixed(from.getDecision(), to.decision, "decision");
    take.text(from.getCertificate(), to.certificate, "certificate");
    take.text(from.getGround(), to.ground, "ground");
    take.fixed(from.getRuleSetHash(), to.rule_set_hash, "ruleSetHash");
    take.date(from.getDate(), to.date, "date");
}

void put(schema::Adviser::Builder to, const Adviser& from) {
    to.setAccount(data(from.account));
    to.setField(from.field);
}

void get(schema::Adviser::Reader from, Adviser& to, Take& take) {
    take.fixed(from.getAccount(), to.account, "account");
    take.text(from.getField(), to.field, "field");
}

void put(schema::CouncilChanged::Builder to, const CouncilChanged& from) {
    to.setCouncil(data(from.council));
    to.setDecisionNumber(from.decision_number);
    to.setDecisionDate(to_days(from.decision_date));
    put_list(to.initMembers(static_cast<unsigned>(from.members.size())), from.members);
    to.setQuorum(from.quorum);
    to.setSpreadMax(from.spread_max);
    put_list(to.initAdvisers(static_cast<unsigned>(from.advisers.size())), from.advisers);
}

void get(schema::CouncilChanged::Reader from, CouncilChanged& to, Take& take) {
    take.fixed(from.getCouncil(), to.council, "council");
    take.text(from.getDecisionNumber(), to.decision_number, "decisionNumber");
    take.date(from.getDecisionDate(), to.decision_date, "decisionDate");
    get_list(from.getMembers(), to.members, take, "members");
    to.quorum = from.getQuorum();
    to.spread_max = from.getSpreadMax();
    get_list(from.getAdvisers(), to.advisers, take, "advisers");
}

void put(schema::MinutesFiled::Builder to, const MinutesFiled& from) {
    to.setMeeting(data(from.meeting));
    to.setNumber(from.number);
    to.setDate(to_days(from.date));
    to.setText(from.text);
    if (!from.document_hash.is_nil()) to.setDocumentHash(data(from.document_hash));
}

void get(schema::MinutesFiled::Reader from, MinutesFiled& to, Take& take) {
    take.fixed(from.getMeeting(), to.meeting, "meeting");
    take.text(from.getNumber(), to.number, "number");
    take.date(from.getDate(), to.date, "date");
    take.text(from.getText(), to.text, "text");
    if (from.hasDocumentHash()) take.fixed(from.getDocumentHash(), to.document_hash, "documentHash");
}

void put(schema::Recused::Builder to, const Recused& from) {
    to.setDossier(data(from.dossier));
    to.setCouncil(data(from.council));
    to.setAccount(data(from.account));
    to.setReason(from.reason);
}

void get(schema::Recused::Reader from, Recused& to, Take& take) {
    take.fixed(from.getDossier(), to.dossier, "dossier");
    take.fixed(from.getCouncil(), to.council, "council");
    take.fixed(from.getAccount(), to.account, "account");
    take.text(from.getReason(), to.reason, "reason");
}

void put(schema::SamplesReceived::Builder to, const SamplesReceived& from) {
    to.setDossier(data(from.dossier));
    to.setStage(from.stage);
    to.setCount(from.count);
    to.setDate(to_days(from.date));
    to.setText(from.text);
}

void get(schema::SamplesReceived::Reader from, SamplesReceived& to, Take& take) {
    take.fixed(from.getDossier(), to.dossier, "dossier");
    take.text(from.getStage(), to.stage, "stage");
    to.count = from.getCount();
    take.date(from.getDate(), to.date, "date");
    take.text(from.getText(), to.text, "text");
}

}  // namespace hoso::domain::codec
