#pragma once

#include <gtest/gtest.h>
#include <sodium.h>

#include "shared/base/hash.hpp"
#include "shared/base/signature.hpp"
#include "shared/domain/refusal.hpp"
#include "shared/domain/tally.hpp"
#include "tests/support/dossier_rules.hpp"

// One product under a ladder of four stages, led by hand to where a test begins: no judge, no log, only refuse and apply.
namespace hoso::domain::tests {

inline BoxPrivateKey meeting_key(Byte number) {
    BoxPrivateKey key;
    key.bytes.fill(number);
    return key;
}

inline Bytes seal(const BoxPublicKey& key, ByteSpan plain) {
    Bytes sealed(plain.size() + crypto_box_SEALBYTES);
    crypto_box_seal(sealed.data(), plain.data(), plain.size(), key.bytes.data());
    return sealed;
}

// The place of a kind in the four signatures of refuse.
template <typename Kind>
std::optional<Refusal> ask(const Registry& registry, const Product& product, const Occasion& occasion, const Kind& kind) {
    if constexpr (requires { refuse(registry, product, occasion, kind); }) return refuse(registry, product, occasion, kind);
    if constexpr (requires { refuse(registry, occasion, kind); }) return refuse(registry, occasion, kind);
    return Refusal{Reason::wrong_stream};
}

class Bench {
public:
    Bench() {
        product.id = id(50);
        registry = small_registry();
        record(ProductRegistered{ward, id(51), "Trà xanh", "leaf", "17-150-1"});
    }

    std::optional<Refusal> refusal(const Body& body) const { return refusal(body, officer, position); }
    std::optional<Refusal> refusal(const Body& body, const AccountId& actor, Position seen) const {
        const Header header = header_of(actor, seen);
        const ActionId action = next_id();
        const Occasion occasion{header, action, position, received, received};
        return std::visit([&](const auto& kind) { return ask(registry, product, occasion, kind); }, body);
    }

    // Applies what must not be refused; answers the action's id.
    ActionId record(const Body& body) { return record(body, officer, position); }
    ActionId record(const Body& body, const AccountId& actor, Position seen, const DeviceId& device = id(90)) {
        const auto refused = refusal(body, actor, seen);
        EXPECT_FALSE(refused.has_value()) << "refused: " << name(refused.value_or(Refusal{}).reason);
        Header header = header_of(actor, seen);
        header.device = device;
        const ActionId action = next_id();
        const Occasion occasion{header, action, position, received, received};
        std::visit(
            [&](const auto& kind) {
                if constexpr (requires { apply(registry, product, occasion, kind); }) apply(registry, product, occasion, kind);
            },
            body);
        position += 1;
        return action;
    }

    const Dossier& dossier() const { return product.dossiers.at(file); }
    std::string stage() const { return registry.rules(rules_hash)->stages[dossier().stage].key; }
    const UnitId& unit() const { return stage() == "town" ? town : region; }
    Uuid meeting() const { return id(static_cast<Byte>(60 + dossier().stage)); }

    // ---- the next act of each kind, as it should be --------------------------------------------------------------
    DossierOpened opening(DossierKind kind = DossierKind::first) const {
        return {file, kind, rules_hash, id(40), day(2023, 3, 1), "Hợp tác xã", "cooperative", "1"};
    }
    Submitted submission() const { return {file, dossier().turn, day(2023, 3, 2)}; }
    Received receipt() const { return {file, dossier().turn, stage(), day(2023, 3, 3)}; }
    Returned return_of(const std::string& item) const { return {file, dossier().turn, stage(), {{item, "missing"}}}; }
    Withdrawn withdrawal() const { return {file, dossier().turn, "asked for"}; }
    AdvisoryReported advice() const { return {file, stage(), true, "visited"}; }
    Tallied count() const {
        const auto& rules = *registry.rules(rules_hash);
        const auto sheets = open_sheets(registry, product, dossier(), registry.meetings.at(meeting()));
        const auto grade = grade_sheets(rules, rules.product_sets[0], sheets).value_or(Grade{});
        return {file, meeting(), stage(), digest(dossier()), grade.sheets, {grade.sums.begin(), grade.sums.end()}, grade.stars};
    }
    // 65 points, as signed minutes say.
    PaperTallied paper() const {
        return {file,
                unit() == town ? id(30) : id(31),
                stage(),
                digest(dossier()),
                "05/BB",
                {},
                day(2023, 3, 20),
                3,
                {3'000, 1'500, 2'000},
                3};
    }
    Recognised recognition() const {
        return {file, decision(), digest(dossier()), dossier().tally->stars, certificate_number(), day(2023, 4, 1)};
    }
    Forwarded forwarding() const { return {file, dossier().turn, stage(), digest(dossier()), day(2023, 4, 2)}; }
    Declined refusal_of_stars() const { return {file, stage(), digest(dossier()), day(2023, 4, 2), "try again"}; }
    ResultEntered answer() const { return {file, stage(), digest(dossier()), "9/QD", day(2023, 5, 1), 9'500, 5, "TW-1"}; }

    // ---- further along -------------------------------------------------------------------------------------------
    void draft() {
        record(opening());
        record(SelfAssessed{file, {2, 2, 1}});
        record(OpinionGiven{file, "ward", {2}, true, ""});
        record(DocumentAdded{file, "form", "Phiếu", {}});
    }
    void submit() {
        draft();
        record(submission());
    }
    void receive() {
        submit();
        record(receipt());
        record(advice());
    }
    void sheet_of(const AccountId& author, const Bytes& options) {
        const Sheet sheet{meeting(), product.id, file, author, options};
        record(SheetSubmitted{file, meeting(), seal(registry.meetings.at(meeting()).public_key, encode(sheet))}, author, position);
    }
    void open_meeting() {
        Meeting& made = registry.meetings[meeting()];
        made.id = meeting();
        made.council = unit() == town ? id(30) : id(31);
        made.public_key = box_public_key(meeting_key(7));
        made.dossiers = {{product.id, file}};
        made.date = day(2023, 3, 25);
        made.quorum = registry.councils.at(made.council).quorum;
        made.spread_max = registry.councils.at(made.council).spread_max;
    }
    void close_meeting() {
        Meeting& made = registry.meetings.at(meeting());
        made.closed = true;
        made.closed_at = position++;
        made.private_key = meeting_key(7);
        for (const auto& [author, sheet] : product.dossiers.at(file).sheets[meeting()]) made.sheets.insert(sheet.action);
    }
    template <typename Change>
    void edit_rules(Change change) {
        RuleSet edited = *registry.rules(rules_hash);
        change(edited);
        registry.rule_sets[rules_hash] = std::make_shared<const RuleSet>(std::move(edited));
    }
    void add_certificate(const std::string& text) {
        product.certificates.emplace_back();
        product.certificates.back().text = text;
    }
    // Three members score; the meeting is closed.
    void meet(const Bytes& first, const Bytes& second, const Bytes& third) {
        open_meeting();
        sheet_of(id(21), first);
        sheet_of(id(22), second);
        sheet_of(id(23), third);
        close_meeting();
    }
    void meet(const Bytes& all) { meet(all, all, all); }
    void sign_decision() {
        Decision& made = registry.decisions[decision()];
        made = {decision(), DecisionKind::recognition, unit(), stage(), "1/QD", day(2023, 3, 31), {}, {}, position++};
        made.lines = {{product.id, file, dossier().tally->stars, certificate_number(), ""}};
    }
    void tally(const Bytes& all) {
        receive();
        meet(all);
        record(count());
    }
    void recognise(const Bytes& all) {
        tally(all);
        sign_decision();
        record(recognition());
    }
    // To the second council.
    void forward(const Bytes& all) {
        tally(all);
        record(forwarding());
    }

    Registry registry;
    Product product;
    Position position = 100;
    Instant received = start_of_day(day(2023, 6, 1));
    const DossierId file = id(70);

private:
    Uuid decision() const { return id(static_cast<Byte>(64 + dossier().stage)); }
    Number certificate_number() const { return {id(41), std::uint32_t{1} + dossier().stage}; }
    Header header_of(const AccountId& actor, Position seen) const {
        Header header;
        header.device = id(90);
        header.actor = actor;
        header.stream = product.id;
        header.seen_size = seen;
        return header;
    }
    ActionId next_id() const {
        Bytes bytes;
        append_le(bytes, position);
        return action_id(bytes);
    }
};

}  // namespace hoso::domain::tests
