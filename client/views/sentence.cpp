#include "client/views/sentence.hpp"

#include <algorithm>

#include "client/text/terms.hpp"
#include "client/text/words.hpp"
#include "client/views/parts.hpp"
#include "client/views/rule_words.hpp"

namespace hoso::client::views {
namespace {

using namespace domain;

std::string shown(Date day) {
    const std::chrono::year_month_day parts{day};
    const auto two = [](unsigned value) { return std::string(value < 10 ? "0" : "") + std::to_string(value); };
    return two(unsigned{parts.day()}) + "/" + two(unsigned{parts.month()}) + "/" + std::to_string(int{parts.year()});
}

// Collects what a body states, field by field, in the order that people say it in.
class Details {
public:
    Details(Language language, const Registry& registry, const replica::Stream* stream)
        : language_(language), registry_(registry), stream_(stream) {}

    template <typename Kind>
    std::string of(const Kind& kind) {
        names(kind);
        numbers(kind);
        judgements(kind);
        places(kind);
        days(kind);
        words(kind);
        return text_;
    }

private:
    void add(const std::string& part) {
        if (!part.empty()) text_ += (text_.empty() ? "" : ", ") + part;
    }
    void add(const char* vi, const char* en, const std::string& value) {
        if (!value.empty()) add(std::string(pick(language_, vi, en)) + " " + value);
    }
    void count(const char* vi, const char* en, std::size_t many) { add(std::to_string(many) + " " + pick(language_, vi, en)); }
    void day(const char* vi, const char* en, Date value) {
        if (value != Date{}) add(vi, en, shown(value));
    }

    template <typename Kind>
    void names(const Kind& kind) {
        if constexpr (requires { kind.title.empty(); }) add(kind.title);
        if constexpr (requires { kind.name.empty(); }) add(kind.name);
        if constexpr (requires { kind.subject_name; }) add(kind.subject_name);
        if constexpr (requires { kind.product_set; }) add("bộ", "set", called(&RuleSet::product_sets, kind.product_set));
        if constexpr (requires { kind.id.empty(); }) add(kind.id);
        if constexpr (
            requires { kind.role; } && !requires { kind.sealed; }) {
            if constexpr (std::is_same_v<std::decay_t<decltype(kind.role)>, Role>) add(word(language_, kind.role));
        }
        if constexpr (requires { kind.subject_name + kind.subject_type; }) add(word(language_, kind.kind));
        if constexpr (requires { kind.field.empty() ? kind.value : kind.value; }) add(kind.field + " = " + kind.value);
        if constexpr (requires { kind.document.empty(); }) add(called(&RuleSet::contents, kind.document));
        if constexpr (std::is_same_v<Kind, FileStored>)
            add(kind.root.hex().substr(0, letters) + ", " + std::to_string(kind.size) + " byte");
    }
    template <typename Kind>
    void numbers(const Kind& kind) {
        if constexpr (requires { kind.number.empty(); }) add("số", "number", kind.number);
        if constexpr (requires { kind.number.block; }) add("số", "number", number(kind.number));
        if constexpr (
            requires { kind.decision.is_nil(); } && !requires { kind.number; })
            add("quyết định", "decision", decision(kind.decision));
        if constexpr (
            requires { kind.promotion.is_nil(); } && !requires { kind.title; })
            add(promotion(kind.promotion));
        if constexpr (requires { kind.decision_number; }) add("quyết định", "decision", kind.decision_number);
        if constexpr (requires { kind.minutes.empty(); }) add("biên bản", "minutes", kind.minutes);
        if constexpr (requires { kind.certificate.empty(); }) add("giấy chứng nhận", "certificate", kind.certificate);
        if constexpr (requires { kind.certificate.block; }) add("giấy chứng nhận", "certificate", number(kind.certificate));
        if constexpr (requires { kind.code.empty(); }) add("mã", "code", kind.code);
        if constexpr (requires { kind.registration.empty(); }) add("đăng ký", "registration", kind.registration);
    }
    template <typename Kind>
    void judgements(const Kind& kind) {
        if constexpr (requires { kind.stars; }) count("sao", "stars", kind.stars);
        if constexpr (requires { kind.sheets + 0; }) count("phiếu", "sheets", kind.sheets);
        if constexpr (requires { kind.average; }) add(points_text(kind.average) + pick(language_, " điểm", " points"));
        if constexpr (requires { kind.agrees; })
            add(kind.agrees ? pick(language_, "đồng ý", "agrees") : pick(language_, "không đồng ý", "does not agree"));
        if constexpr (requires { kind.approved; })
            add(kind.approved ? pick(language_, "chấp thuận", "approved") : pick(language_, "chưa chấp thuận", "declined"));
        if constexpr (requires { kind.renews; })
            add(kind.renews ? pick(language_, "đăng ký lại", "registers again")
                            : pick(language_, "không đăng ký lại", "does not register again"));
        if constexpr (std::is_same_v<Kind, Inspected>) {
            add(said("kind", name(kind.kind)));
            add(said("conclusion", name(kind.outcome)));
        }
        if constexpr (std::is_same_v<Kind, PromotionHeld>) add(said("kind", name(kind.kind)));
        if constexpr (requires { kind.actions.empty(); }) settled(kind.actions);
        if constexpr (requires { kind.upheld; })
            add(kind.upheld ? pick(language_, "đúng", "upheld") : pick(language_, "không đúng", "not upheld"));
        if constexpr (requires { kind.quorum; }) add("tối thiểu", "quorum", std::to_string(kind.quorum));
        if constexpr (requires { kind.count + 0; }) count("mẫu", "samples", kind.count);
        if constexpr (requires { kind.members; }) count("thành viên", "members", kind.members.size());
        if constexpr (requires { kind.dossiers; }) count("hồ sơ", "dossiers", kind.dossiers.size());
        if constexpr (requires { kind.lines; }) count("sản phẩm", "products", kind.lines.size());
        if constexpr (requires { kind.lists; }) lists(kind.lists);
        if constexpr (requires { kind.days_off; }) count("ngày nghỉ", "days off", kind.days_off.size());
        if constexpr (requires { kind.before + kind.after; }) add(kind.item + ": " + kind.before + " → " + kind.after);
        if constexpr (requires { kind.items; }) {
            for (const ReturnedItem& item : kind.items) add(called(&RuleSet::contents, item.item) + " (" + item.reason + ")");
        }
    }
    template <typename Kind>
    void places(const Kind& kind) {
        if constexpr (std::is_same_v<Kind, Forwarded>)
            add("từ", "from", called(&RuleSet::stages, kind.stage));
        else if constexpr (requires { kind.stage; })
            add(called(&RuleSet::stages, kind.stage));
        if constexpr (requires { kind.unit; }) add(unit_name(registry_, kind.unit));
        if constexpr (requires { kind.account; }) add(account_title(registry_, kind.account));
        if constexpr (requires { kind.venue; }) add(kind.venue);
        if constexpr (requires { kind.place.empty(); }) add(kind.place);
        if constexpr (requires { kind.recipient; }) add("gửi", "to", kind.recipient);
        if constexpr (requires { kind.recipients; }) {
            for (const std::string& recipient : kind.recipients) add(recipient);
        }
    }
    template <typename Kind>
    void days(const Kind& kind) {
        if constexpr (requires { kind.date; }) day("ngày", "on", kind.date);
        if constexpr (requires { kind.decision_date; }) day("ngày", "of", kind.decision_date);
        if constexpr (requires { kind.filing_date; }) day("nộp ngày", "filed on", kind.filing_date);
        if constexpr (requires { kind.issued; }) day("cấp ngày", "issued on", kind.issued);
        if constexpr (requires { kind.from; }) day("từ", "from", kind.from);
        if constexpr (requires { kind.to; }) day("đến", "to", kind.to);
        if constexpr (requires { kind.valid_from; }) day("từ", "from", kind.valid_from);
        if constexpr (requires { kind.valid_to; }) day("đến", "to", kind.valid_to);
        if constexpr (requires { kind.deadline; }) day("hạn", "deadline", kind.deadline);
    }
    template <typename Kind>
    void words(const Kind& kind) {
        if constexpr (requires { kind.ground; }) add("căn cứ", "ground", called(&RuleSet::grounds, kind.ground));
        if constexpr (requires { kind.reason; }) add(kind.reason);
        if constexpr (requires { kind.reasons; }) {
            for (const std::string& reason : kind.reasons) add(called(&RuleSet::idea_reasons, reason));
        }
        if constexpr (requires { kind.text; }) add(kind.text);
        if constexpr (requires { kind.advice; }) add(kind.advice);
        if constexpr (requires { kind.legal_basis; }) add("theo", "by", kind.legal_basis);
    }
    template <typename Item>
    std::string called(std::vector<Item> RuleSet::*list, const std::string& key) const {
        return views::called(language_, registry_, list, key);
    }
    void lists(const std::vector<NoticeList>& from) {
        for (const NoticeList& list : from) count("sản phẩm", "products", list.lines.size());
    }
    std::string said(const char* key, const char* value) const {
        const char* known = term(language_, key, value);
        return known ? known : value;
    }
    // What they were, as far as the stream still has them; else the first letters of their ids, which find them in the log.
    void settled(const std::vector<ActionId>& actions) {
        for (const ActionId& action : actions) {
            const auto found = stream_ ? stream_->held.find(action) : decltype(stream_->held.end()){};
            if (!stream_ || found == stream_->held.end()) {
                add(action.hex().substr(0, letters));
                continue;
            }
            const Body& body = found->second.action.body;
            const std::string details =
                std::visit([&](const auto& kind) { return Details(language_, registry_, nullptr).of(kind); }, body);
            add(std::string(kind_word(language_, body.index())) + (details.empty() ? "" : ": " + details));
        }
    }
    std::string decision(const Uuid& id) const {
        const auto found = registry_.decisions.find(id);
        return found == registry_.decisions.end() ? std::string{} : found->second.number;
    }
    std::string promotion(const Uuid& id) const {
        const auto found = registry_.promotions.find(id);
        return found == registry_.promotions.end() ? std::string{} : found->second.title;
    }
    std::string number(const Number& from) const {
        const auto block = registry_.blocks.find(from.block);
        return block == registry_.blocks.end() ? std::string{} : block->second.text(from.value);
    }

    static constexpr std::size_t letters = 12;  // of an id, enough to find it in the log
    Language language_;
    const Registry& registry_;
    const replica::Stream* stream_;  // of the action; null: nothing of it is known
    std::string text_;
};

}  // namespace

std::string sentence(Language language, const Look& state, const Action& action) {
    const std::string by = account_title(state.registry(), action.header.actor);
    const std::string what = kind_word(language, action.body.index());
    const replica::Stream* stream = state.stream(action.header.stream);
    const std::string details =
        std::visit([&](const auto& kind) { return Details(language, state.registry(), stream).of(kind); }, action.body);
    return (by.empty() ? "" : by + ": ") + what + (details.empty() ? "" : ": " + details);
}

}  // namespace hoso::client::views
