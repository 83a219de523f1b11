<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Console</name>
    <message>
        <source>Equipment</source>
        <translation>装备</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Nothing is found by these words.</source>
        <translation>没有符合的人员或条目，请更正后再查。</translation>
    </message>
</context>
<context>
    <name>Inventory</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>2027-06-30, or empty</source>
        <translation>如 2027-06-30，可不填</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>All groups</source>
        <translation>全部类别</translation>
    </message>
    <message>
        <source>Being read…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>By, note</source>
        <translation>经办、备注</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Change {item}</source>
        <translation>修改 {item}</translation>
    </message>
    <message>
        <source>Check by</source>
        <translation>检定日期</translation>
    </message>
    <message>
        <source>Check or expiry: {day}</source>
        <translation>检定或失效日期：{day}</translation>
    </message>
    <message>
        <source>Choose an item and press I to issue it.</source>
        <translation>选中一件，按 I 发放。</translation>
    </message>
    <message>
        <source>Choose an item first.</source>
        <translation>请先选中一件装备。</translation>
    </message>
    <message>
        <source>Choose an item, or scan its label, to see its history.</source>
        <translation>选中一件装备，或扫描其标签，即可查看领用记录。</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>状况</translation>
    </message>
    <message>
        <source>Condition: {condition}</source>
        <translation>状况：{condition}</translation>
    </message>
    <message>
        <source>Console</source>
        <translation>指挥台</translation>
    </message>
    <message>
        <source>Custody of the item</source>
        <translation>领用记录</translation>
    </message>
    <message>
        <source>Due back</source>
        <translation>应还时间</translation>
    </message>
    <message>
        <source>Due for a check</source>
        <translation>待检定</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>登记</translation>
    </message>
    <message>
        <source>Enter an item</source>
        <translation>登记装备</translation>
    </message>
    <message>
        <source>Equipment</source>
        <translation>装备</translation>
    </message>
    <message>
        <source>Everything is in its place</source>
        <translation>装备全部在库</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Find equipment</source>
        <translation>查找装备</translation>
    </message>
    <message>
        <source>Firearms and ammunition belong in the two-person ledger, not here.</source>
        <translation>枪支弹药由双人台账管理，不在此登记。</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>History</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Holder</source>
        <translation>领用人</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Issue</source>
        <translation>发放</translation>
    </message>
    <message>
        <source>Issue {what} to…</source>
        <translation>发放 {what}，领用人：</translation>
    </message>
    <message>
        <source>Issued</source>
        <translation>未还</translation>
    </message>
    <message>
        <source>Items that are not back in time will stand here.</source>
        <translation>到时未还的装备会列在这里。</translation>
    </message>
    <message>
        <source>Items whose check or expiry comes near will stand here.</source>
        <translation>临近检定或失效日期的装备会列在这里。</translation>
    </message>
    <message>
        <source>Kept in</source>
        <translation>存放区</translation>
    </message>
    <message>
        <source>Kept in: {place}</source>
        <translation>存放：{place}</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>型号</translation>
    </message>
    <message>
        <source>Model, serial number: {told}</source>
        <translation>型号、序列号：{told}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>No check is due</source>
        <translation>没有待检定的装备</translation>
    </message>
    <message>
        <source>No equipment is entered yet</source>
        <translation>尚未登记装备</translation>
    </message>
    <message>
        <source>Nobody has it, so it cannot be returned.</source>
        <translation>无人领用，无需归还。</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Note, if anything is missing or broken</source>
        <translation>备注：缺件、损坏等，可不填</translation>
    </message>
    <message>
        <source>Nothing is found by these words</source>
        <translation>没有查到符合的装备</translation>
    </message>
    <message>
        <source>Nothing is overdue</source>
        <translation>没有超时未还的装备</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Number, name, pinyin initials, serial number or holder; Esc empties the field.</source>
        <translation>可按编号、名称、拼音首字母、序列号或领用人查找；按 Esc 清空。</translation>
    </message>
    <message>
        <source>Officer: number, name or pinyin initials; or scan the card</source>
        <translation>领用人：警号、姓名或拼音首字母，也可刷证件条码</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>Press Insert to add an item, or Ctrl+I to import a table.</source>
        <translation>按 Insert 登记一件，或按 Ctrl+I 导入表格。</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>归还</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Scan a label, or find by number, name, holder  (Ctrl+F)</source>
        <translation>扫描标签，或按编号、名称、领用人查找（Ctrl+F）</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>序列号</translation>
    </message>
    <message>
        <source>Somebody has it already; take it back first.</source>
        <translation>已有人领用，请先归还。</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>收回</translation>
    </message>
    <message>
        <source>The chosen item</source>
        <translation>选中的装备</translation>
    </message>
    <message>
        <source>The equipment is not read yet.</source>
        <translation>装备清单尚未读出。</translation>
    </message>
    <message>
        <source>There is no such day; write it as 2027-06-30</source>
        <translation>没有这一天；请写成 2027-06-30 的样式</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>What</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Which group?</source>
        <translation>显示哪一类别？</translation>
    </message>
    <message>
        <source>With {name} {number}, due back {due} ({late})</source>
        <translation>领用人：{name} {number}，应还 {due}（{late}）</translation>
    </message>
    <message>
        <source>and {n} more</source>
        <translation>另有 {n} 件</translation>
    </message>
    <message>
        <source>back in {age}</source>
        <translation>还剩 {age}</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>变更</translation>
    </message>
    <message>
        <source>entered</source>
        <translation>登记</translation>
    </message>
    <message>
        <source>in its place</source>
        <translation>在库</translation>
    </message>
    <message>
        <source>issued</source>
        <translation>发放</translation>
    </message>
    <message>
        <source>out of use</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>overdue</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>overdue by {age}</source>
        <translation>超时 {age}</translation>
    </message>
    <message>
        <source>returned</source>
        <translation>归还</translation>
    </message>
    <message>
        <source>{item} changed</source>
        <translation>{item} 已修改</translation>
    </message>
    <message>
        <source>{item} entered</source>
        <translation>{item} 已登记</translation>
    </message>
    <message>
        <source>{n} h, until {time}</source>
        <translation>{n} 小时，至 {time}</translation>
    </message>
    <message>
        <source>{n} items</source>
        <translation>{n} 件装备</translation>
    </message>
    <message>
        <source>{n} marked: {items}. I issues them, R takes them back, Esc unmarks.</source>
        <translation>已标记 {n} 件：{items}。按 I 发放，按 R 归还，按 Esc 取消标记。</translation>
    </message>
    <message>
        <source>{what} issued to {officer}, due back {due}</source>
        <translation>{what} 已发放给 {officer}，应还 {due}</translation>
    </message>
    <message>
        <source>{what} returned by {holder}: its condition</source>
        <translation>{holder} 归还 {what}，状况如何？</translation>
    </message>
    <message>
        <source>{what} returned, {condition}</source>
        <translation>{what} 已归还，{condition}</translation>
    </message>
    <message>
        <source>counted</source>
        <translation>盘点已见</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>盘点未见</translation>
    </message>
    <message>
        <source>Stocktake of which place?</source>
        <translation>盘点哪个区域？</translation>
    </message>
    <message>
        <source>Stocktake</source>
        <translation>盘点</translation>
    </message>
    <message>
        <source>Stocktake recorded: {found} found, {missing} missing</source>
        <translation>盘点已记录：实有 {found} 件，缺 {missing} 件</translation>
    </message>
    <message>
        <source>Stocktake: {place}</source>
        <translation>盘点：{place}</translation>
    </message>
    <message>
        <source>Scan each label, or hold the tag reader to the shelves.</source>
        <translation>逐件扫描标签，或用读写器对准货架读取。</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>记录结果</translation>
    </message>
    <message>
        <source>Not found yet</source>
        <translation>尚未见到</translation>
    </message>
    <message>
        <source>{found} of {all} found, {missing} not yet</source>
        <translation>应有 {all} 件，已见 {found} 件，未见 {missing} 件</translation>
    </message>
    <message>
        <source>Unknown label: {code}</source>
        <translation>未登记的标签：{code}</translation>
    </message>
    <message>
        <source>{item}: lies here, though {holder} has it</source>
        <translation>{item}：实物在此，登记由{holder}领用</translation>
    </message>
    <message>
        <source>{item}: lies here, though it is kept elsewhere</source>
        <translation>{item}：实物在此，登记存放在别处</translation>
    </message>
    <message>
        <source>Tag reader {name}: {why}</source>
        <translation>标签读写器“{name}”：{why}</translation>
    </message>
</context>
</TS>
