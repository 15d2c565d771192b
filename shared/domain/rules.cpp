#include "shared/domain/rules.hpp"

#include <capnp/compat/json.h>
#include <capnp/message.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>

#include "shared/base/check.hpp"
#include "shared/domain/rules_read.hpp"
#include "shared/domain/rules_text.hpp"

namespace hoso::domain {
namespace {

template <typename Items>
auto find_key(const Items& items, std::string_view key) {
    const auto found = std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.key == key; });
    return found == items.end() ? nullptr : &*found;
}

constexpr int level = 19;  // packed once a year, unpacked by every replica
constexpr std::uint32_t zstd_magic = 0xFD2FB528;

Error too_large() { return {Errc::limit, "a rule set is larger than 1 MiB"}; }

}  // namespace

const Criterion* ProductSet::find(std::string_view wanted) const {
    const auto found =
        std::find_if(criteria.begin(), criteria.end(), [&](const Criterion& criterion) { return criterion.no == wanted; });
    return found == criteria.end() ? nullptr : &*found;
}

std::size_t ProductSet::assessed_by(std::string_view stage) const {
    const auto by = [&](const Criterion& criterion) { return criterion.assessed_by == stage; };
    return static_cast<std::size_t>(std::count_if(criteria.begin(), criteria.end(), by));
}

bool Stage::decides_stars(std::uint8_t stars) const { return std::find(decides.begin(), decides.end(), stars) != decides.end(); }

const ProductSet* RuleSet::product_set(std::string_view key) const { return find_key(product_sets, key); }

const Stage* RuleSet::stage(std::string_view key) const { return find_key(stages, key); }

std::optional<std::size_t> RuleSet::stage_index(std::string_view key) const {
    const Stage* found = stage(key);
    if (!found) return std::nullopt;
    return static_cast<std::size_t>(found - stages.data());
}

std::size_t RuleSet::first_council() const {
    const auto found = std::find_if(stages.begin(), stages.end(), [](const Stage& stage) { return stage.does == Does::council; });
    CHECK(found != stages.end());
    return static_cast<std::size_t>(found - stages.begin());
}

const Ground* RuleSet::ground(std::string_view key) const { return find_key(grounds, key); }

const Term* RuleSet::term(DossierKind kind, Date filed) const {
    const auto found = std::find_if(terms.begin(), terms.end(), [&](const Term& term) {
        return term.kind == kind && term.filed_from <= filed && (term.filed_to == Date{} || filed <= term.filed_to);
    });
    return found == terms.end() ? nullptr : &*found;
}

bool RuleSet::in_force(DossierKind kind, Date filed) const { return term(kind, filed) != nullptr; }

bool RuleSet::governs(Date day) const {
    return std::any_of(terms.begin(), terms.end(), [&](const Term& term) {
        const Date last = std::max(term.filed_to, term.decided_by);
        return term.filed_from <= day && (term.filed_to == Date{} || day <= last);
    });
}

bool Extension::holds_for(Date last_day) const {
    return expiring_from != Date{} && expiring_from <= last_day && last_day <= expiring_to;
}

Date MonthDay::in(int year) const { return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}; }

bool code_fits(std::string_view pattern, std::string_view code) {
    const auto next = [](std::string_view& rest) {
        const auto end = std::min(rest.find('-'), rest.size());
        const std::string_view part = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        return part;
    };
    const auto dashes = [](std::string_view text) { return std::count(text.begin(), text.end(), '-'); };
    if (dashes(pattern) != dashes(code)) return false;
    while (!pattern.empty()) {
        const std::string_view wanted = next(pattern);
        const std::string_view part = next(code);
        const bool digits = std::all_of(part.begin(), part.end(), [](char each) { return each >= '0' && each <= '9'; });
        if (part.empty() || !digits || (wanted == "(YYYY)" && part.size() != 4)) return false;
    }
    return true;
}

Result<std::string> canonical_json(std::string_view json) {
    if (json.size() > rule_set_bytes_max) return too_large();
    Finding finding;
    std::string stripped = strip_json(json, finding);
    if (!finding.fine()) return Error{Errc::invalid, finding.fault()};
    return stripped;
}

// The library reads the text a second time: what it takes is wider than what every reader takes alike, and its faults name no
// place.
Result<RuleSet> parse_rules(std::string_view canonical) try {
    const auto stripped = canonical_json(canonical);
    if (!stripped) return stripped.error();
    if (*stripped != canonical) return Error{Errc::invalid, "the rule set is not canonical: white space between tokens"};
    capnp::JsonCodec codec;
    capnp::MallocMessageBuilder raw;
    const auto value = raw.initRoot<capnp::JsonValue>();
    codec.decodeRaw(kj::arrayPtr(canonical.data(), canonical.size()), value);

    Finding finding;
    check_form(value.asReader(), capnp::Schema::from<schema::RuleSet>(), finding);
    if (!finding.fine()) return Error{Errc::invalid, finding.fault()};
    capnp::MallocMessageBuilder message;
    auto root = message.initRoot<schema::RuleSet>();
    codec.decode(value.asReader(), root);
    RuleSet rules = read_rules(root.asReader(), finding);
    if (!finding.fine()) return Error{Errc::invalid, finding.fault()};
    rules.hash = sha256(as_bytes(canonical));
    return rules;
} catch (const kj::Exception& fault) {
    return Error{Errc::invalid, std::string("the rule set does not hold: ") + fault.getDescription().cStr()};
}

// One frame and nothing else, unpacked in one go: the room is bounded before, and no window is allocated, whatever the frame asks
// for.
Result<std::string> unpacked_rules(ByteSpan packed) {
    const bool is_zstd = packed.size() >= 4 && load_le<std::uint32_t>(packed.data()) == zstd_magic;
    if (!is_zstd || ZSTD_findFrameCompressedSize(packed.data(), packed.size()) != packed.size()) {
        return Error{Errc::invalid, "the rule set is not one zstd frame"};
    }
    const auto declared = ZSTD_getFrameContentSize(packed.data(), packed.size());
    if (declared > rule_set_bytes_max && declared != ZSTD_CONTENTSIZE_UNKNOWN) return too_large();
    std::string json(declared == ZSTD_CONTENTSIZE_UNKNOWN ? rule_set_bytes_max : static_cast<std::size_t>(declared), '\0');
    const std::size_t length = ZSTD_decompress(json.data(), json.size(), packed.data(), packed.size());
    if (ZSTD_isError(length)) {
        if (ZSTD_getErrorCode(length) == ZSTD_error_dstSize_tooSmall) return too_large();
        return Error{Errc::invalid, "the rule set does not unpack"};
    }
    json.resize(length);
    return json;
}

Result<RuleSet> unpack_rules(ByteSpan packed) {
    const auto json = unpacked_rules(packed);
    if (!json) return json.error();
    return parse_rules(*json);
}

Bytes pack_rules(std::string_view canonical) {
    Bytes packed(ZSTD_compressBound(canonical.size()));
    const std::size_t length = ZSTD_compress(packed.data(), packed.size(), canonical.data(), canonical.size(), level);
    CHECK(!ZSTD_isError(length));
    packed.resize(length);
    return packed;
}

}  // namespace hoso::domain
