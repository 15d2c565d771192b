#include "shared/domain/codec_parts.hpp"

namespace hoso::domain::codec {

void put(schema::Founder::Builder to, const Founder& from) {
    to.setAccount(data(from.account));
    to.setTitle(from.title);
    to.setOfficerKey(data(from.officer_key));
    to.setDevice(data(from.device));
    to.setDeviceKey(data(from.device_key));
}

void get(schema::Founder::Reader from, Founder& to, Take& take) {
    take.fixed(from.getAccount(), to.account, "account");
    take.text(from.getTitle(), to.title, "title");
    take.fixed(from.getOfficerKey(), to.officer_key, "officerKey");
    take.fixed(from.getDevice(), to.device, "device");
    take.fixed(from.getDeviceKey(), to.device_key, "deviceKey");
}

void put(schema::Genesis::Builder to, const Genesis& from) {
    to.setOrigin(from.origin);
    to.setTitle(from.title);
    to.setLogKey(data(from.log_key));
    to.setServerDevice(data(from.server_device));
    to.setRecoveryKey(data(from.recovery_key));
    put_list(to.initFounders(static_cast<unsigned>(from.founders.size())), from.founders);
    to.setJudgeVersion(from.judge_version);
    to.setTraining(from.training);
}

void get(schema::Genesis::Reader from, Genesis& to, Take& take) {
    take.text(from.getOrigin(), to.origin, "origin");
    take.text(from.getTitle(), to.title, "title");
    take.fixed(from.getLogKey(), to.log_key, "logKey");
    take.fixed(from.getServerDevice(), to.server_device, "serverDevice");
    take.fixed(from.getRecoveryKey(), to.recovery_key, "recoveryKey");
    get_list(from.getFounders(), to.founders, take, "founders");
    to.judge_version = from.getJudgeVersion();
    to.training = from.getTraining();
}

void put(schema::UnitCreated::Builder to, const UnitCreated& from) {
    to.setUnit(data(from.unit));
    if (!from.parent.is_nil()) to.setParent(data(from.parent));
    to.setLevel(from.level);
    to.setKind(from.kind);
    to.setCode(from.code);
    to.setName(from.name);
    to.setValidFrom(to_days(from.valid_from));
}

void get(schema::UnitCreated::Reader from, UnitCreated& to, Take& take) {
    take.fixed(from.getUnit(), to.unit, "unit");
    if (from.hasParent()) take.fixed(from.getParent(), to.parent, "parent");
    take.text(from.getLevel(), to.level, "level");
    take.text(from.getKind(), to.kind, "kind");
    take.text(from.getCode(), to.code, "code");
    take.text(from.getName(), to.name, "name");
    take.date(from.getValidFrom(), to.valid_from, "validFrom");
}

void put(schema::Successor::Builder to, const Successor& from) {
    to.setUnit(data(from.unit));
    to.setWhole(from.whole);
}

void get(schema::Successor::Reader from, Successor& to, Take& take) {
    take.fixed(from.getUnit(), to.unit, "unit");
    to.whole = from.getWhole();
}

void put(schema::UnitClosed::Builder to, const UnitClosed& from) {
    to.setUnit(data(from.unit));
    to.setValidTo(to_days(from.valid_to));
    put_list(to.initSuccessors(static_cast<unsigned>(from.successors.size())), from.successors);
}

void get(schema::UnitClosed::Reader from, UnitClosed& to, Take& take) {
    take.fixed(from.getUnit(), to.unit, "unit");
    take.date(from.getValidTo(), to.valid_to, "validTo");
    get_list(from.getSuccessors(), to.successors, take, "successors");
}

void put(schema::AccountCreated::Builder to, const AccountCreated& from) {
    to.setAccount(data(from.account));
    to.setTitle(from.title);
    put(to.initName(), from.name);
    to.setUnit(data(from.unit));
}

void get(schema::AccountCreated::Reader from, AccountCreated& to, Take& take) {
    take.fixed(from.getAccount(), to.account, "account");
    take.text(from.getTitle(), to.title, "title");
    get(from.getName(), to.name, take);
    take.fixed(from.getUnit(), to.unit, "unit");
}

void put(schema::SlipIssued::Builder to, const SlipIssued& from) {
    to.setSlip(data(from.slip));
    to.setSlipKey(data(from.slip_key));
    to.setAccount(data(from.account));
    to.setUnit(data(from.unit));
    to.setExpires(from.expires);
}

void get(schema::SlipIssued::Reader from, SlipIssued& to, Take& take) {
    take.fixed(from.getSlip(), to.slip, "slip");
    take.fixed(from.getSlipKey(), to.slip_key, "slipKey");
    take.fixed(from.getAccount(), to.account, "account");
    take.fixed(from.getUnit(), to.unit, "unit");
    to.expires = from.getExpires();
}

void put(schema::DeviceEnrolled::Builder to, const DeviceEnrolled& from) {
    to.setSlip(data(from.slip));
    to.setDeviceKey(data(from.device_key));
    to.setAccount(data(from.account));
    to.setOfficerKey(data(from.officer_key));
    to.setSlipSignature(data(from.slip_signature));
}

void get(schema::DeviceEnrolled::Reader from, DeviceEnrolled& to, Take& take) {
    take.fixed(from.getSlip(), to.slip, "slip");
    take.fixed(from.getDeviceKey(), to.device_key, "deviceKey");
    take.fixed(from.getAccount(), to.account, "account");
    take.fixed(from.getOfficerKey(), to.officer_key, "officerKey");
    take.fixed(from.getSlipSignature(), to.slip_signature, "slipSignature");
}

void put(schema::OfficerKeyAdded::Builder to, const OfficerKeyAdded& from) {
    to.setSlip(data(from.slip));
    to.setAccount(data(from.account));
    to.setOfficerKey(data(from.officer_key));
    to.setSlipSignature(data(from.slip_signature));
}

void get(schema::OfficerKeyAdded::Reader from, OfficerKeyAdded& to, Take& take) {
    take.fixed(from.getSlip(), to.slip, "slip");
    take.fixed(from.getAccount(), to.account, "account");
    take.fixed(from.getOfficerKey(), to.officer_key, "officerKey");
    take.fixed(from.getSlipSignature(), to.slip_signature, "slipSignature");
}

void put(schema::MandateGranted::Builder to, const MandateGranted& from) {
    to.setMandate(data(from.mandate));
    to.setAccount(data(from.account));
    to.setRole(static_cast<schema::Role>(from.role));
    to.setUnit(data(from.unit));
    to.setValidFrom(to_days(from.valid_from));
    to.setValidTo(to_days(from.valid_to));
    to.setLegalBasis(from.legal_basis);
    if (!from.office.is_nil()) to.setOffice(data(from.office));
    to.setField(from.field);
}

void get(schema::MandateGranted::Reader from, MandateGranted& to, Take& take) {
    take.fixed(from.getMandate(), to.mandate, "mandate");
    take.fixed(from.getAccount(), to.account, "account");
    take.enumerator(from.getRole(), to.role, Role::auditor, "role");
    take.fixed(from.getUnit(), to.unit, "unit");
    take.date(from.getValidFrom(), to.valid_from, "validFrom");
    take.date(from.getValidTo(), to.valid_to, "validTo");
    take.text(from.getLegalBasis(), to.legal_basis, "legalBasis");
    if (from.hasOffice()) take.fixed(from.getOffice(), to.office, "office");
    take.text(from.getField(), to.field, "field");
}

void put(schema::MandateEnded::Builder to, const MandateEnded& from) {
    to.setMandate(data(from.mandate));
    to.setReason(from.reason);
}

void get(schema::MandateEnded::Reader from, MandateEnded& to, Take& take) {
    take.fixed(from.getMandate(), to.mandate, "mandate");
    take.text(from.getReason(), to.reason, "reason");
}

void put(schema::RuleSetPublished::Builder to, const RuleSetPublished& from) {
    to.setId(from.id);
    to.setHash(data(from.hash));
    to.setJson(data(from.json));
}

void get(schema::RuleSetPublished::Reader from, RuleSetPublished& to, Take& take) {
    take.text(from.getId(), to.id, "id");
    take.fixed(from.getHash(), to.hash, "hash");
    take.bytes(from.getJson(), to.json);
}

void put(schema::RoundOpened::Builder to, const RoundOpened& from) {
    to.setRound(data(from.round));
    to.setTitle(from.title);
    to.setYear(from.year);
    to.setDeadline(to_days(from.deadline));
    to.setLegalBasis(from.legal_basis);
}

void get(schema::RoundOpened::Reader from, RoundOpened& to, Take& take) {
    take.fixed(from.getRound(), to.round, "round");
    take.text(from.getTitle(), to.title, "title");
    to.year = from.getYear();
    take.date(from.getDeadline(), to.deadline, "deadline");
    take.text(from.getLegalBasis(), to.legal_basis, "legalBasis");
}

void put(schema::NumberBlockGranted::Builder to, const NumberBlockGranted& from) {
    to.setBlock(data(from.block));
    to.setDevice(data(from.device));
    to.setKind(static_cast<schema::NumberKind>(from.kind));
    to.setPattern(from.pattern);
    to.setFirst(from.first);
    to.setLast(from.last);
}

void get(schema::NumberBlockGranted::Reader from, NumberBlockGranted& to, Take& take) {
    take.fixed(from.getBlock(), to.block, "block");
    take.fixed(from.getDevice(), to.device, "device");
    take.enumerator(from.getKind(), to.kind, NumberKind::form, "kind");
    take.text(from.getPattern(), to.pattern, "pattern");
    to.first = from.getFirst();
    to.last = from.getLast();
}

void put(schema::JudgeUpgraded::Builder to, const JudgeUpgraded& from) { to.setJudgeVersion(from.judge_version); }

void get(schema::JudgeUpgraded::Reader from, JudgeUpgraded& to, Take&) { to.judge_version = from.getJudgeVersion(); }

void put(schema::SessionOpened::Builder to, const SessionOpened& from) {
    to.setAccount(data(from.account));
    to.setOfficerKey(data(from.officer_key));
    to.setFirstSeq(from.first_seq);
    to.setExpires(from.expires);
}

void get(schema::SessionOpened::Reader from, SessionOpened& to, Take& take) {
    take.fixed(from.getAccount(), to.account, "account");
    take.fixed(from.getOfficerKey(), to.officer_key, "officerKey");
    to.first_seq = from.getFirstSeq();
    to.expires = from.getExpires();
}

void put(schema::SlipMisused::Builder to, const SlipMisused& from) {
    to.setSlip(data(from.slip));
    to.setDeviceKey(data(from.device_key));
    to.setReason(from.reason);
}

void get(schema::SlipMisused::Reader from, SlipMisused& to, Take& take) {
    take.fixed(from.getSlip(), to.slip, "slip");
    take.fixed(from.getDeviceKey(), to.device_key, "deviceKey");
    take.text(from.getReason(), to.reason, "reason");
}

}  // namespace hoso::domain::codec
