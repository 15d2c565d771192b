#pragma once

#include "shared/domain/action_parts.hpp"

namespace hoso::domain {

struct Founder {
    AccountId account;
    std::string title;
    PublicKey officer_key;
    DeviceId device;
    PublicKey device_key;
    bool operator==(const Founder&) const = default;
};

struct Genesis {
    std::string origin;
    std::string title;
    PublicKey log_key;
    DeviceId server_device;
    BoxPublicKey recovery_key;
    std::vector<Founder> founders;
    std::uint32_t judge_version = 0;
    bool training = false;
    bool operator==(const Genesis&) const = default;
};

struct UnitCreated {
    UnitId unit;
    UnitId parent;
    std::string level;
    std::string kind;
    std::string code;
    std::string name;
    Date valid_from{};
    bool operator==(const UnitCreated&) const = default;
};

struct Successor {
    UnitId unit;
    bool whole = false;
    bool operator==(const Successor&) const = default;
};

struct UnitClosed {
    UnitId unit;
    Date valid_to{};
    std::vector<Successor> successors;
    bool operator==(const UnitClosed&) const = default;
};

struct AccountCreated {
    AccountId account;
    std::string title;
    SealedField name;
    UnitId unit;
    bool operator==(const AccountCreated&) const = default;
};

struct SlipIssued {
    Uuid slip;
    PublicKey slip_key;
    AccountId account;
    UnitId unit;
    Instant expires = 0;
    bool operator==(const SlipIssued&) const = default;
};

struct DeviceEnrolled {
    Uuid slip;
    PublicKey device_key;
    AccountId account;
    PublicKey officer_key;
    Signature slip_signature;
    bool operator==(const DeviceEnrolled&) const = default;
};

struct OfficerKeyAdded {
    Uuid slip;
    AccountId account;
    PublicKey officer_key;
    Signature slip_signature;
    bool operator==(const OfficerKeyAdded&) const = default;
};

struct MandateGranted {
    Uuid mandate;
    AccountId account;
    Role role{};
    UnitId unit;
    Date valid_from{};
    Date valid_to{};
    std::string legal_basis;
    Uuid office{};
    std::string field{};
    bool operator==(const MandateGranted&) const = default;
};

struct MandateEnded {
    Uuid mandate;
    std::string reason;
    bool operator==(const MandateEnded&) const = default;
};

struct RuleSetPublished {
    std::string id;
    Hash hash;
    Bytes json;
    bool operator==(const RuleSetPublished&) const = default;
};

struct RoundOpened {
    Uuid round;
    std::string title;
    std::uint16_t year = 0;
    Date deadline{};
    std::string legal_basis;
    bool operator==(const RoundOpened&) const = default;
};

struct NumberBlockGranted {
    Uuid block;
    DeviceId device;
    NumberKind kind{};
    std::string pattern;
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    bool operator==(const NumberBlockGranted&) const = default;
};

struct JudgeUpgraded {
    std::uint32_t judge_version = 0;
    bool operator==(const JudgeUpgraded&) const = default;
};

struct SessionOpened {
    AccountId account;
    PublicKey officer_key;
    std::uint64_t first_seq = 0;
    Instant expires = 0;
    bool operator==(const SessionOpened&) const = default;
};

struct SlipMisused {
    Uuid slip;
    PublicKey device_key;
    std::string reason;
    bool operator==(const SlipMisused&) const = default;
};

}  // namespace hoso::domain
