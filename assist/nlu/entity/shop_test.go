package entity_test

import (
	"time"

	"deskhand/assist/nlu/entity"
)

// stock is a company's things for the tests: other ones than those of the demo, since Match must do for any.
type stock struct {
	products, orders, cards, accounts, payees, plans, courses, classes []entity.Item
}

func shop(now time.Time) stock {
	days := func(n int) time.Time { return now.AddDate(0, 0, n) }
	item := func(id string, price int64, names ...string) entity.Item {
		return entity.Item{ID: id, Kind: "product", Price: price, Names: names}
	}
	products := []entity.Item{
		item("B-1", 4900, "Nimbus Rain Jacket", "云雀防雨夹克"),
		item("B-2", 8900, "Nimbus Rain Jacket Plus", "云雀防雨夹克 Plus"),
		item("B-3", 3200, "Trail Backpack 20", "越野双肩包 20"),
		item("B-4", 5600, "Trail Backpack 40", "越野双肩包 40"),
		item("B-5", 1500, "Steel Water Bottle", "不锈钢保温杯"),
		item("B-6", 700, "Wool Socks", "羊毛袜"),
	}
	order := func(id string, age int, status string, children ...entity.Item) entity.Item {
		return entity.Item{ID: id, Kind: "order", At: days(age), Attributes: map[string]string{"status": status}, Children: children}
	}
	return stock{
		products: products,
		orders: []entity.Item{
			order("QK-440712", -1, "packed", products[4]),
			order("QK-440655", -6, "shipped", products[0]),
			order("QK-439018", -33, "delivered", products[2], products[5]),
		},
		cards: []entity.Item{
			{ID: "card-2210", Kind: "card", Attributes: map[string]string{"last4": "2210", "kind": "debit", "status": "active"}},
			{ID: "card-7785", Kind: "card", Attributes: map[string]string{"last4": "7785", "kind": "credit", "status": "active"}},
			{ID: "card-3090", Kind: "card", Attributes: map[string]string{"last4": "3090", "kind": "credit", "status": "blocked"}},
		},
		accounts: []entity.Item{
			{ID: "6101-2277", Kind: "account", Attributes: map[string]string{"kind": "current"}},
			{ID: "6101-9004", Kind: "account", Attributes: map[string]string{"kind": "savings"}},
		},
		payees: []entity.Item{
			{ID: "张伟", Kind: "payee", Names: []string{"张伟"}}, {ID: "爸爸", Kind: "payee", Names: []string{"爸爸"}},
			{ID: "Nora Quist", Kind: "payee", Names: []string{"Nora Quist"}}, {ID: "Noah Berg", Kind: "payee", Names: []string{"Noah Berg"}},
		},
		plans: []entity.Item{
			item("G-1", 2500, "Lite 25", "轻享25"), item("G-2", 5500, "Max 55", "尽享55"), item("G-3", 9900, "Family Max 99", "家庭尽享99"),
		},
		courses: []entity.Item{
			item("Z-1", 0, "Spanish Conversation", "西班牙语口语"), item("Z-2", 0, "Watercolour for Adults", "成人水彩"), item("Z-3", 0, "Chess Club Junior", "少儿国际象棋"),
		},
		classes: []entity.Item{
			{ID: "U-1", Kind: "class", At: nextAt(now, time.Tuesday, 18, 30)}, {ID: "U-2", Kind: "class", At: nextAt(now, time.Saturday, 10, 0)},
			{ID: "U-3", Kind: "class", At: nextAt(now, time.Saturday, 15, 0)},
		},
	}
}

// nextAt is the next time that it is so late on such a weekday.
func nextAt(now time.Time, day time.Weekday, hour, minute int) time.Time {
	y, m, d := now.Date()
	for i := 0; ; i++ {
		if t := time.Date(y, m, d+i, hour, minute, 0, 0, now.Location()); t.Weekday() == day && t.After(now) {
			return t
		}
	}
}
